"""A Modbus TCP server that Lanewatch's makers did not write (pymodbus), all values 0 at first.

Arguments: port, unit. Prints "ready", then takes lines on standard input: "set TABLE ADDRESS VALUE" (TABLE: coils, discrete,
holding or input) and answers "ok".
"""
import asyncio
import sys

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.server.async_io import ModbusTcpServer


async def main():
    port, unit = int(sys.argv[1]), int(sys.argv[2])
    blocks = {name: ModbusSequentialDataBlock(0, [0] * 1000) for name in ("coils", "discrete", "holding", "input")}
    store = ModbusSlaveContext(
        co=blocks["coils"], di=blocks["discrete"], hr=blocks["holding"], ir=blocks["input"], zero_mode=True
    )
    server = ModbusTcpServer(ModbusServerContext(slaves={unit: store}, single=False), address=("127.0.0.1", port))
    serving = asyncio.ensure_future(server.serve_forever())
    await server.serving
    print("ready", flush=True)
    lines = asyncio.StreamReader()
    await asyncio.get_event_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while line := await lines.readline():
        _, table, address, value = line.decode().split()
        blocks[table].setValues(int(address), [int(value)])
        print("ok", flush=True)
    serving.cancel()


asyncio.run(main())
