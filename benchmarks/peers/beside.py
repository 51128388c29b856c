"""What the peers' scripts share: where the programs are, a folder that is gone at the end, processes that end
with the script, the CPU time of a process."""
import contextlib
import gc
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get('RISKBILD_BUILD', ROOT / 'build' / 'release')).resolve()


class Wrong(Exception):
    """A result that is not what it should be, or a tool that does not work; never a time."""


def run(main):
    """Runs main and ends the script with its outcome. Being stopped unwinds like an error, so that whatever was
    started is ended."""
    for stop in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(stop, lambda number, frame: sys.exit(128 + number))
    try:
        main(*sys.argv[1:])
    except (Wrong, subprocess.CalledProcessError) as error:
        print(f'{os.path.basename(sys.argv[0])}: {error}', file=sys.stderr)
        sys.stdout.flush()
        os._exit(1)  # QGIS crashes in an ordinary end when its objects still live in an error's frames
    except KeyboardInterrupt:
        sys.exit(130)


def need(*programs):
    for program in programs:
        if shutil.which(str(program)) is None:
            raise Wrong(f'{program} is missing; ./dev bench --peers installs and builds what is needed')


@contextlib.contextmanager
def work_folder():
    """A temporary folder that other users may pass through but not list: servers drop root's rights."""
    with tempfile.TemporaryDirectory(prefix='riskbild-peer-') as name:
        os.chmod(name, 0o711)
        yield pathlib.Path(name)


@contextlib.contextmanager
def running(command, **options):
    """A process that ends with the block."""
    process = subprocess.Popen(command, **options)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(ready, what, seconds=30):
    """The first true answer of ready()."""
    end = time.monotonic() + seconds
    while True:
        answer = ready()
        if answer:
            return answer
        if time.monotonic() > end:
            raise Wrong(f'{what} within {seconds} s')
        time.sleep(0.05)


def cpu_seconds(*pids):
    """User and system time of these processes so far, with their threads and without their children."""
    ticks = 0
    for pid in pids:
        after_name = pathlib.Path(f'/proc/{pid}/stat').read_text().rpartition(')')[2].split()
        ticks += int(after_name[11]) + int(after_name[12])
    return ticks / os.sysconf('SC_CLK_TCK')


def children(pid):
    return [int(child) for child in pathlib.Path(f'/proc/{pid}/task/{pid}/children').read_text().split()]


def in_qgis(work):
    """Runs work(folder) with QGIS ready, without a display and without the user's settings. Objects of QGIS must not
    outlive it."""
    with work_folder() as folder:
        (folder / 'runtime').mkdir(mode=0o700)
        os.environ.update(QT_QPA_PLATFORM='offscreen', XDG_RUNTIME_DIR=str(folder / 'runtime'))
        from qgis.core import QgsApplication
        application = QgsApplication([], False, str(folder / 'profile'))
        application.initQgis()
        work(folder)
        gc.collect()
        application.exitQgis()
