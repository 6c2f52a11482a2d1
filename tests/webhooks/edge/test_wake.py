from logistics.webhooks.edge import wake


def test_who_joined_is_woken_until_it_leaves() -> None:
    heard: list[str] = []
    leave = wake.join(lambda: heard.append("first"))
    stay = wake.join(lambda: heard.append("second"))
    wake.ring()
    assert sorted(heard) == ["first", "second"]
    leave()
    leave()  # twice is once
    wake.ring()
    assert sorted(heard) == ["first", "second", "second"]
    stay()
