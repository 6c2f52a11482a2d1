"""Names for invented streets, parks and districts, in Chinese and in English.

Decides how names are put together, and that none is given twice. Does not decide what gets one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

FIRST = (
    ("云", "Yun"), ("清", "Qing"), ("文", "Wen"), ("德", "De"), ("春", "Chun"), ("秋", "Qiu"), ("望", "Wang"),
    ("安", "An"), ("永", "Yong"), ("景", "Jing"), ("临", "Lin"), ("听", "Ting"), ("采", "Cai"), ("紫", "Zi"),
    ("金", "Jin"), ("银", "Yin"), ("青", "Qing"), ("白", "Bai"), ("丹", "Dan"), ("松", "Song"), ("竹", "Zhu"),
    ("梅", "Mei"), ("兰", "Lan"), ("荷", "He"), ("石", "Shi"), ("长", "Chang"), ("和", "He"), ("嘉", "Jia"),
    ("瑞", "Rui"), ("凤", "Feng"), ("鹤", "He"), ("鹿", "Lu"), ("桐", "Tong"), ("枫", "Feng"), ("柳", "Liu"),
)  # fmt: skip
SECOND = (
    ("江", "jiang"), ("溪", "xi"), ("桥", "qiao"), ("塘", "tang"), ("山", "shan"), ("林", "lin"), ("园", "yuan"),
    ("宁", "ning"), ("和", "he"), ("华", "hua"), ("明", "ming"), ("新", "xin"), ("兴", "xing"), ("福", "fu"),
    ("渡", "du"), ("泉", "quan"), ("堤", "di"), ("庄", "zhuang"), ("井", "jing"), ("门", "men"), ("亭", "ting"),
    ("台", "tai"), ("池", "chi"), ("湾", "wan"), ("洲", "zhou"), ("浦", "pu"), ("坊", "fang"), ("苑", "yuan"),
    ("岭", "ling"), ("舟", "zhou"), ("月", "yue"), ("雨", "yu"), ("风", "feng"), ("霞", "xia"), ("岸", "an"),
)  # fmt: skip
KINDS = {
    "avenue": ("大道", "Avenue"),
    "road": ("路", "Road"),
    "street": ("街", "Street"),
    "lane": ("巷", "Lane"),
    "ring_inner": ("内环路", "Inner Ring Road"),
    "ring_outer": ("外环路", "Outer Ring Road"),
    "bank": ("滨江路", "Riverside Road"),
    "park": ("公园", "Park"),
    "lake": ("湖", "Lake"),
    "river": ("江", "River"),
    "bridge": ("大桥", "Bridge"),
    "district": ("区", "District"),
}


@dataclass(frozen=True, slots=True)
class Name:
    """One name in the two languages of the signs."""

    zh: str
    en: str


PREFIXES = (Name("", ""), Name("新", "New "), Name("小", "Little "), Name("老", "Old "))  # one a pass of the deck


class Names:
    """Deals out names of each kind without repeating one; the order comes from the chance given."""

    def __init__(self, chance: Random) -> None:
        pairs = [Name(a[0] + b[0], a[1] + b[1]) for a in FIRST for b in SECOND if a[0] != b[0]]
        self._decks = {}
        self._dealt = dict.fromkeys(KINDS, 0)
        for kind in KINDS:
            deck = list(pairs)
            chance.shuffle(deck)
            self._decks[kind] = deck

    def deal(self, kind: str) -> Name:
        """Return a name of this kind that nothing else has; kinds are the keys of ``KINDS``."""
        deck = self._decks[kind]
        round_no, place = divmod(self._dealt[kind], len(deck))
        before, stem = PREFIXES[round_no], deck[place]
        self._dealt[kind] += 1
        zh, en = KINDS[kind]
        return Name(before.zh + stem.zh + zh, f"{before.en}{stem.en} {en}")


def fixed(kind: str, zh: str = "", en: str = "") -> Name:
    """Return the name of something there is only one of, such as the inner ring road."""
    tail_zh, tail_en = KINDS[kind]
    return Name(zh + tail_zh, f"{en} {tail_en}".strip())
