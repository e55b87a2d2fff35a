"""A Modbus server that Lanewatch's makers did not write (pymodbus), holding the Aspect block of the sheet.

Prints "ready PORT", then takes lines on standard input: "set ADDRESS VALUE" writes a holding register and answers "ok".
"""
import asyncio
import sys

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.server.async_io import ModbusTcpServer


async def main():
    port = int(sys.argv[1])
    unit = int(sys.argv[2])
    block = ModbusSequentialDataBlock(0, [0] * 200)
    store = ModbusSlaveContext(hr=block, zero_mode=True)
    server = ModbusTcpServer(ModbusServerContext(slaves={unit: store}, single=False), address=("127.0.0.1", port))
    serving = asyncio.ensure_future(server.serve_forever())
    await server.serving
    print(f"ready {port}", flush=True)
    lines = asyncio.StreamReader()
    await asyncio.get_event_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while line := await lines.readline():
        _, address, value = line.split()
        block.setValues(int(address), [int(value)])
        print("ok", flush=True)
    serving.cancel()


asyncio.run(main())
