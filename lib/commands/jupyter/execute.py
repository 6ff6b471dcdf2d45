"""Runs a notebook through its kernel, as `deno task notebooks` needs it.

Arguments: the notebook, the kernel's name, the folder that the kernel starts
in, the seconds that all cells together may take, and the file for the result:
JSON with the notebook as it then is and how its run ended ("finished",
"raised", "late" or "died").
"""

import asyncio
import json
import sys

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError


async def run(client, seconds):
    task = asyncio.ensure_future(client.async_execute())
    done, _ = await asyncio.wait({task}, timeout=seconds)
    if not done:
        task.cancel()
        # nbclient takes the cancellation for a kernel that died.
        await asyncio.gather(task, return_exceptions=True)
        return "late"
    try:
        task.result()
    except CellExecutionError:
        return "raised"
    except DeadKernelError:
        return "died"
    return "finished"


def main(source, kernel, folder, seconds, result):
    notebook = nbformat.read(source, as_version=4)
    started = []
    client = NotebookClient(
        notebook,
        kernel_name=kernel,
        timeout=None,
        coalesce_streams=True,
        record_timing=False,
        shutdown_kernel="immediate",
        resources={"metadata": {"path": folder}},
        on_cell_execute=lambda cell, cell_index: started.append(cell_index),
    )
    end = asyncio.run(run(client, float(seconds)))
    with open(result, "w", encoding="utf-8") as file:
        json.dump(
            {"end": end, "started": len(started), "notebook": notebook}, file
        )


main(*sys.argv[1:])
