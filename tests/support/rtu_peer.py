"""A Modbus RTU server that Lanewatch's makers did not write (pymodbus), on a serial line with several units.

Arguments: the line, then the units. Register n of unit u holds u * 1000 + n; coil and discrete input n is on when n is odd.
Prints "ready", and serves until it is killed.
"""
import asyncio
import sys

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.server.async_io import ModbusSerialServer
from pymodbus.transaction import ModbusRtuFramer


def unit(number):
    registers = ModbusSequentialDataBlock(0, [number * 1000 + index for index in range(200)])
    bits = ModbusSequentialDataBlock(0, [bool(index % 2) for index in range(200)])
    return ModbusSlaveContext(hr=registers, ir=registers, co=bits, di=bits, zero_mode=True)


async def main():
    path, *units = sys.argv[1:]
    slaves = {int(number): unit(int(number)) for number in units}
    context = ModbusServerContext(slaves=slaves, single=False)
    server = ModbusSerialServer(context, framer=ModbusRtuFramer, port=path, baudrate=19200, ignore_missing_slaves=True)
    await server.start()
    print("ready", flush=True)
    await server.serve_forever()


asyncio.run(main())
