import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

from logistics.kit.edge.clock import monotonic_s
from logistics.routing.edge.pyvrp_solver import Orders, search
from logistics.routing.edge.search.pool import SLOTS, Pool, is_called_off, next_ticket
from tests.routing.builders import line_problem
from tests.webhooks.receiver import eventually


def test_a_job_that_is_called_off_answers_with_what_it_has_and_others_go_on() -> None:
    problem = line_problem([0, 10, 20])
    mine, other = next_ticket(), next_ticket()
    with Pool(1) as pool:
        pool.warm()
        pool.call_off(mine)
        began_s = monotonic_s()
        off = pool.submit(search, problem, (), Orders(seconds=30, ticket=mine)).result()
        assert monotonic_s() - began_s < 20
        assert off.iterations == 0
        on = Orders(seconds=30, rounds_max=9, ticket=other)
        assert pool.submit(search, problem, (), on).result().iterations == 9
        same_slot = replace(on, ticket=mine + SLOTS)
        assert pool.submit(search, problem, (), same_slot).result().iterations == 9


def test_outside_a_pool_nothing_is_called_off() -> None:
    assert not is_called_off(0)
    assert not is_called_off(next_ticket())
    assert next_ticket() < next_ticket()


def test_the_workers_of_a_parent_that_was_killed_end_by_themselves(tmp_path: Path) -> None:
    """No exit handler runs when a server ends by a signal; its workers must not stay for ever."""
    program = tmp_path / "parent.py"
    program.write_text(
        dedent(
            """
            import sys
            sys.path.insert(0, sys.argv[1])
            from logistics.routing.edge.search.pool import Pool

            if __name__ == "__main__":
                pool = Pool(2)
                pool.warm()
                print(*pool._processes, flush=True)
                sys.stdin.read()
            """
        )
    )
    command = [sys.executable, str(program), str(Path(__file__).parents[4])]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        workers = [int(pid) for pid in parent.stdout.readline().split()]
        assert len([worker for worker in workers if is_alive(worker)]) == 2
        parent.send_signal(signal.SIGKILL)
    eventually(lambda: not any(is_alive(worker) for worker in workers))


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):  # gone before it was opened, or while it was read
        return False
    return state.rsplit(")", 1)[1].split()[0] != "Z"
