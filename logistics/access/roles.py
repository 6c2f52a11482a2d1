"""The table: permission -> roles. What is not written is forbidden.

A permission is a noun and `read` or `write`, or a verb of the business where the right to do it stands alone.
"""

from __future__ import annotations

from logistics.access.model import Role

OPERATOR, DISPATCHER, DEPOT = Role.OPERATOR, Role.DISPATCHER, Role.DEPOT
CLERK, DRIVER, MERCHANT = Role.CLERK, Role.DRIVER, Role.MERCHANT
STAFF = frozenset({OPERATOR, DISPATCHER})

PERMISSIONS: dict[str, frozenset[Role]] = {
    # access
    "accounts.write": frozenset({OPERATOR}),
    "accounts.read": frozenset({OPERATOR}),
    "devices.pair": STAFF,
    "keys.write": frozenset({OPERATOR, MERCHANT}),
    "keys.read": frozenset({OPERATOR, MERCHANT}),
    "audit.read": frozenset({OPERATOR}),
    "self.read": frozenset(Role),
    "clock.write": frozenset({OPERATOR}),
    # merchants, sites
    "merchants.write": frozenset({OPERATOR}),
    "merchants.read": STAFF | {MERCHANT},
    "sites.write": frozenset({OPERATOR}),
    "sites.read": frozenset(Role),
    # shipments, choosing
    "shipments.write": STAFF | {MERCHANT},
    "shipments.read": STAFF | {MERCHANT},
    "quotes.write": STAFF | {MERCHANT},
    "choices.read": STAFF | {MERCHANT},
    "choices.write": STAFF,
    "tariffs.write": frozenset({OPERATOR}),
    "tariffs.read": STAFF | {MERCHANT},
    "fleet.read": STAFF,
    "consents.write": STAFF | {MERCHANT},
    # carriers
    "carriers.write": frozenset({OPERATOR}),
    "carriers.read": STAFF | {DEPOT},
    "carriers.handover": STAFF | {DEPOT},
    "carriers.remit": frozenset({OPERATOR}),
    # planning
    "vehicles.write": STAFF,
    "vehicles.read": STAFF,
    "plans.write": STAFF,
    "plans.read": STAFF,
    # delivering
    "plans.release": STAFF,
    "runs.read": STAFF | {DEPOT, DRIVER},
    "runs.write": STAFF | {DRIVER},
    "runs.load": STAFF | {DEPOT, DRIVER},
    "runs.hand_in": STAFF | {DEPOT, DRIVER},
    "replans.read": STAFF,
    "replans.write": STAFF,
    "depot.receive": STAFF | {DEPOT},
    "depot.return": STAFF | {DEPOT},
    # pickup
    "pickup.read": STAFF | {CLERK},
    "pickup.write": STAFF | {CLERK},
    "pickup.expire": frozenset({OPERATOR}),
    # tracking
    "positions.write": frozenset({DRIVER}),
    "positions.read": STAFF,
    "timeline.read": STAFF | {MERCHANT},
    "events.read": STAFF | {MERCHANT},
    # money
    "ledger.read": frozenset({OPERATOR}),
    "ledger.write": frozenset({OPERATOR}),
    "remittances.run": frozenset({OPERATOR}),
    "cod.read": frozenset({OPERATOR, MERCHANT}),
    "statements.read": frozenset({OPERATOR, MERCHANT}),
    # webhooks
    "webhooks.write": frozenset({OPERATOR, MERCHANT}),
    "webhooks.read": frozenset({OPERATOR, MERCHANT}),
}


def may(role: Role, permission: str) -> bool:
    """Tell whether a role has a permission; one that is in no table is a programmer's error."""
    return role in PERMISSIONS[permission]
