"""What differs from one city's market to another, as data: money, language, time zone, names, prices.

Nothing else in the demo knows a currency or a language.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

    from logistics.kit.geo import Point


@dataclass(frozen=True, slots=True)
class Market:
    """One market. ``price_unit_minor`` is what a bottle of water costs; all prices are multiples of it.

    ``phone`` has an ``x`` for every digit drawn; ``address`` knows ``{street}``, ``{number}``, ``{door}``, ``{city}``.
    """

    key: str
    city: str
    currency: str
    locale: str
    time_zone: str
    price_unit_minor: int
    phone: str
    address: str
    nameless_street: str
    families: tuple[str, ...]
    givens: tuple[str, ...]
    family_first: bool
    store_brand: str
    store: str
    depots: tuple[str, str]
    merchants: tuple[str, str, str]
    far_places: tuple[tuple[str, float, float], ...]  # name, kilometres east, kilometres north

    def person(self, chance: Random) -> str:
        """Draw a name as this market writes it."""
        family, given = chance.choice(self.families), chance.choice(self.givens)
        return f"{family}{given}" if self.family_first else f"{given} {family}"

    def phone_number(self, chance: Random) -> str:
        """Draw a mobile number in international form."""
        return "".join(str(chance.randrange(10)) if letter == "x" else letter for letter in self.phone)

    def address_on(self, street: str, chance: Random, city: str = "") -> str:
        """Write an address on a street; an unnamed street gets this market's words for that."""
        number, door = chance.randrange(1, 400), f"{chance.randrange(1, 19)}{chance.randrange(1, 5):02d}"
        return self.address.format(
            city=city or self.city, street=street or self.nameless_street, number=number, door=door
        )


CHINESE_FAMILIES = tuple("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕")
CHINESE_GIVENS = (
    "伟", "芳", "娜", "秀英", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明", "超",
    "平", "刚", "桂英",
    "子涵", "雨桐", "欣怡", "浩然", "宇轩", "梓萱", "思远", "佳琪", "天佑", "晓梅", "建国",
)  # fmt: skip
PORTUGUESE_FAMILIES = (
    "Silva", "Santos", "Ferreira", "Pereira", "Oliveira", "Costa", "Rodrigues", "Martins", "Jesus", "Sousa",
    "Gonçalves", "Gomes", "Lopes", "Marques", "Alves", "Almeida", "Ribeiro", "Pinto", "Carvalho", "Teixeira", "Moreira",
)  # fmt: skip
PORTUGUESE_GIVENS = (
    "Maria", "João", "Ana", "Pedro", "Inês", "Tiago", "Beatriz", "Miguel", "Mariana", "Rui", "Catarina", "André",
    "Nuno", "Marta", "Diogo", "Leonor", "Francisco", "Carolina", "Duarte", "Matilde", "Gonçalo",
)  # fmt: skip
ENGLISH_FAMILIES = ("Smith", "Jones", "Taylor", "Brown", "Wilson", "Evans", "Thomas", "Roberts", "Walker", "Wright")
ENGLISH_GIVENS = (
    "Olivia",
    "George",
    "Amelia",
    "Noah",
    "Isla",
    "Oliver",
    "Ava",
    "Arthur",
    "Mia",
    "Leo",
    "Freya",
    "Harry",
)

YUNJIANG = Market(
    key="yunjiang",
    city="云江市",
    currency="CNY",
    locale="zh-CN",
    time_zone="Asia/Shanghai",
    price_unit_minor=200,
    phone="+86138xxxxxxxx",
    address="{city}{street}{number}号{door}室",
    nameless_street="",
    families=CHINESE_FAMILIES,
    givens=CHINESE_GIVENS,
    family_first=True,
    store_brand="好邻便利 Haolin",
    store="{brand}（{street}店）",
    depots=("城北仓 North Depot", "城南仓 South Depot"),
    merchants=("绿篮子生鲜 Green Basket", "云裳服饰 Cloudwear", "智汇数码 Zhihui Digital"),
    far_places=(
        ("白鹭县", 96.0, -58.0), ("松涛市", -142.0, 71.0), ("望海市", 168.0, 40.0), ("石门镇", -61.0, -88.0),
        ("鹤鸣市", 30.0, 190.0), ("长洲岛", 121.0, -120.0),
    ),
)  # fmt: skip
JINAN = Market(
    key="jinan",
    city="济南市",
    currency="CNY",
    locale="zh-CN",
    time_zone="Asia/Shanghai",
    price_unit_minor=200,
    phone="+86139xxxxxxxx",
    address="{city}{street}{number}号{door}室",
    nameless_street="历城路段",
    families=CHINESE_FAMILIES,
    givens=CHINESE_GIVENS,
    family_first=True,
    store_brand="好邻便利 Haolin",
    store="{brand}（{street}店）",
    depots=("济北仓 North Depot", "济南仓 South Depot"),
    merchants=("绿篮子生鲜 Green Basket", "云裳服饰 Cloudwear", "智汇数码 Zhihui Digital"),
    far_places=(
        ("青岛市", 302.0, -60.0),
        ("临沂市", 128.0, -176.0),
        ("德州市", -62.0, 88.0),
        ("菏泽市", -148.0, -158.0),
    ),
)
PORTO = Market(
    key="porto",
    city="Porto",
    currency="EUR",
    locale="pt-PT",
    time_zone="Europe/Lisbon",
    price_unit_minor=60,
    phone="+35191xxxxxxx",
    address="{street} {number}, {door}, {city}",
    nameless_street="Travessa sem nome",
    families=PORTUGUESE_FAMILIES,
    givens=PORTUGUESE_GIVENS,
    family_first=False,
    store_brand="Bom Vizinho",
    store="{brand} ({street})",
    depots=("Armazém Norte", "Armazém Sul"),
    merchants=("Cesto Verde", "Nuvem Moda", "Ponto Digital"),
    far_places=(
        ("Vila Real", 73.0, 16.0),
        ("Coimbra", 17.0, -105.0),
        ("Bragança", 155.0, 73.0),
        ("Viseu", 58.0, -56.0),
    ),
)
RIO = Market(
    key="rio",
    city="Rio de Janeiro",
    currency="BRL",
    locale="pt-BR",
    time_zone="America/Sao_Paulo",
    price_unit_minor=300,
    phone="+5521998xxxxxx",
    address="{street} {number}, ap. {door}, {city}",
    nameless_street="Rua do Destinatário",
    families=PORTUGUESE_FAMILIES,
    givens=PORTUGUESE_GIVENS,
    family_first=False,
    store_brand="Bom Vizinho",
    store="{brand} ({street})",
    depots=("Armazém Origem", "Armazém Origem B"),
    merchants=("Cesto Verde", "Nuvem Moda", "Ponto Digital"),
    far_places=(("Petrópolis", 10.0, 33.0), ("Campos", 190.0, 130.0)),
)
ELSEWHERE = Market(
    key="elsewhere",
    city="Town",
    currency="EUR",
    locale="en",
    time_zone="UTC",
    price_unit_minor=60,
    phone="+447400xxxxxx",
    address="{number} {street}, flat {door}, {city}",
    nameless_street="Unnamed Road",
    families=ENGLISH_FAMILIES,
    givens=ENGLISH_GIVENS,
    family_first=False,
    store_brand="Good Neighbour",
    store="{brand} ({street})",
    depots=("North Depot", "South Depot"),
    merchants=("Green Basket", "Cloudwear", "Digital Point"),
    far_places=(("Northwood", 10.0, 140.0), ("Eastcliff", 170.0, -30.0)),
)
MARKETS = {market.key: market for market in (YUNJIANG, JINAN, PORTO, RIO, ELSEWHERE)}
# Where a market begins and ends: south, west, north, east in degrees; the first that contains a place is its.
BOUNDS = (
    (PORTO, (36.9, -9.6, 42.2, -6.1)),
    (RIO, (-34.0, -74.0, 5.0, -34.0)),
    (JINAN, (36.0, 116.2, 37.6, 118.0)),
    (YUNJIANG, (18.0, 73.0, 54.0, 135.0)),
)


def market_at(point: Point) -> Market:
    """Return the market a place belongs to; places of no known market get a plain one."""
    for market, (south, west, north, east) in BOUNDS:
        if south <= point.lat <= north and west <= point.lon <= east:
            return market
    return ELSEWHERE
