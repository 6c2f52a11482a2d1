from dataclasses import replace

from logistics.kit.edge.clock import monotonic_s
from logistics.routing.edge.pyvrp_solver import Orders, search
from logistics.routing.edge.search.pool import SLOTS, Pool, is_called_off, next_ticket
from tests.routing.builders import line_problem


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
