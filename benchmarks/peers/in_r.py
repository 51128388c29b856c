"""What the scripts share that run R beside us: an R program on points, its numbers and its CPU time."""
import pathlib
import subprocess

import numpy

from beside import BUILD, Wrong, need

OURS = BUILD / 'benchmarks' / 'peers' / 'layers_on_points'

# `spent` counts the CPU seconds, user and system, of what it encloses.
PRELUDE = '''
suppressMessages({library(data.table)})
spent <- function(work) { t <- system.time(value <- work); cat(sprintf("cpu %.6f\\n", t[1] + t[2])); value }
a <- commandArgs(trailingOnly = TRUE)
d <- fread(a[1])
'''


def made_points(folder, count):
    file = folder / f'{count}.csv'
    subprocess.run([OURS, 'points', str(count), file], check=True)
    return file


def numbers(text):
    """`name value` lines."""
    return {line.split()[0]: float(line.split()[1]) for line in text.splitlines() if len(line.split()) == 2}


def ours(*arguments):
    need(OURS)
    return numbers(subprocess.run([OURS, *map(str, arguments)], check=True, capture_output=True, text=True).stdout)


def in_r(program, *arguments):
    need('Rscript')
    done = subprocess.run(['Rscript', '--vanilla', '-e', PRELUDE + program, *map(str, arguments)],
                          capture_output=True, text=True)
    if done.returncode != 0:
        raise Wrong(f'R: {done.stderr.strip()[-400:]}')
    return numbers(done.stdout)


def doubles(file, count=-1, offset=0):
    return numpy.fromfile(pathlib.Path(file), dtype='<f8', count=count, offset=offset)


def row(work, our_time, peer, peer_time, note=''):
    """A line of the table in docs/performance.md."""
    print(f'| {work} | {our_time:.3g} | {peer}: {peer_time:.3g} | {peer_time / our_time:.0f}{note} |', flush=True)
