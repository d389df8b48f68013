import asyncio


class subprocess:
    @staticmethod
    def run(command, shell):
        return command, shell


async def go(command, runner):
    subprocess.run(command, shell=True)
    runner.run(command, shell=True)
    await asyncio.create_subprocess_exec(command)
