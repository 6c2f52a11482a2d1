"""The few sentences the server writes itself: for the first moment, for paper, for readers without scripts.

The screens have their own words for the same keys; what is missing here falls back to the status.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

LANGUAGES = ("en", "zh-CN", "zh-TW")

WORDS: Mapping[str, tuple[str, str, str]] = {
    "title": ("Your parcel", "我的包裹", "我的包裹"),
    "story": ("What happened", "物流动态", "物流動態"),
    "number": ("Tracking number {number}", "运单号 {number}", "貨運單號 {number}"),
    "as_of": ("As of {time}", "截至 {time}", "截至 {time}"),
    "code": ("Pickup code", "取件码", "取件碼"),
    "keep_until": ("Kept for you until {time}", "为您保管到 {time}", "為您保管到 {time}"),
    "to_pay": ("To pay: {money}", "待付：{money}", "待付：{money}"),
    "paid": ("Paid: {money}", "已付：{money}", "已付：{money}"),
    "stops_before.0": ("You are next", "下一站就是您", "下一站就是您"),
    "stops_before.1": ("1 stop before you", "您前面还有 1 站", "您前面還有 1 站"),
    "stops_before": ("{count} stops before you", "您前面还有 {count} 站", "您前面還有 {count} 站"),
    "gone": ("This link shows nothing", "这个链接没有内容", "這個連結沒有內容"),
    "gone.rest": (
        "It may be mistyped, or the parcel arrived more than 30 days ago. Look again at the shop's message.",
        "链接可能输错了，或者包裹已送达超过 30 天。请再看一下商家发来的消息。",
        "連結可能輸錯了，或者包裹已送達超過 30 天。請再看一下商家傳來的訊息。",
    ),
    "headline.pending": ("The shop is getting it ready", "商家正在备货", "商家正在備貨"),
    "headline.picked_up": ("Collected from the shop", "已从商家取件", "已向商家取件"),
    "headline.in_transit": ("On its way to you", "正在运来的路上", "正在送來的路上"),
    "headline.out_for_delivery": ("With the driver", "司机正在派送", "司機正在配送"),
    "headline.next_stop": ("You are next", "下一站就是您", "下一站就是您"),
    "headline.at_the_door": ("The driver is at your door", "司机已到您门口", "司機已到您門口"),
    "headline.delivery_failed": ("We could not hand it over", "这次没能送到您手上", "這次沒能送到您手上"),
    "headline.refused": ("Refused at the door", "已当面拒收", "已當面拒收"),
    "headline.ready_for_pickup": ("Ready for you to collect", "可以来取了", "可以來取了"),
    "headline.return_to_sender": ("Going back to the shop", "正在退回商家", "正在退回商家"),
    "headline.delivered": ("Delivered", "已签收", "已簽收"),
    "headline.part_delivered": ("Part of it was delivered", "已签收一部分", "已簽收一部分"),
    "headline.fetched": ("Picked up", "已取走", "已取走"),
    "headline.returned": ("Back with the shop", "已退回商家", "已退回商家"),
    "headline.cancelled": ("Cancelled", "已取消", "已取消"),
    "headline.lost": ("We cannot find it", "包裹找不到了", "包裹找不到了"),
    "headline.on_hold": ("Waiting for a moment", "暂时停留", "暫時停留"),
    "headline.delayed": ("On its way, slower than planned", "还在路上，比计划慢了", "還在路上，比計畫慢了"),
    "status.pending": ("Announced", "已下单", "已下單"),
    "status.picked_up": ("Collected", "已取件", "已取件"),
    "status.in_transit": ("On its way", "运输中", "運送中"),
    "status.out_for_delivery": ("With the driver", "派送中", "配送中"),
    "status.delivery_failed": ("Could not be delivered", "未能送达", "未能送達"),
    "status.ready_for_pickup": ("Ready to be picked up", "待取件", "待取件"),
    "status.return_to_sender": ("Going back", "退回中", "退回中"),
    "status.delivered": ("Delivered", "已签收", "已簽收"),
    "status.returned": ("Returned", "已退回", "已退回"),
    "status.cancelled": ("Cancelled", "已取消", "已取消"),
    "status.lost": ("Lost", "已遗失", "已遺失"),
    "status.on_hold": ("On hold", "暂停", "暫停"),
    "status.delayed": ("Delayed", "有延误", "有延誤"),
    "event.accepted": ("The shop announced the parcel", "商家已下单", "商家已下單"),
    "event.corrected": ("Corrected", "已更正", "已更正"),
    "event.received": ("Arrived at our depot", "已到达我们的站点", "已到達我們的站點"),
    "event.planned": ("The delivery is planned", "已安排派送", "已安排配送"),
    "event.unplanned": ("The delivery is being planned anew", "正在重新安排派送", "正在重新安排配送"),
    "event.loaded": ("On the van", "已装车", "已裝車"),
    "event.departed": ("The van set off", "车辆已出发", "車輛已出發"),
    "event.arrived": ("The driver arrived", "司机已到达", "司機已到達"),
    "event.delivered": ("Handed over", "已送达", "已送達"),
    "event.part_delivered": ("Part of it handed over", "部分已送达", "部分已送達"),
    "event.failed": ("Could not be handed over", "未能送达", "未能送達"),
    "event.refused": ("Refused at the door", "已当面拒收", "已當面拒收"),
    "event.handed_to_service_point": ("Brought to the store", "已送到门店", "已送到門市"),
    "event.at_service_point": ("Arrived at the store", "已到达门店", "已到達門市"),
    "event.ready_for_pickup": ("Ready to be picked up", "可以取件", "可以取件"),
    "event.fetched": ("Picked up", "已取走", "已取走"),
    "event.pickup_expired": ("Not picked up in time", "逾期未取", "逾期未取"),
    "event.pickup_refused": ("Refused in the store", "在门店拒收", "在門市拒收"),
    "event.left_service_point": ("Left the store, on its way back", "已离开门店，退回中", "已離開門市，退回中"),
    "event.returned_to_depot": ("Back at the depot", "已回到站点", "已回到站點"),
    "event.returned_to_merchant": ("Back with the shop", "已退回商家", "已退回商家"),
    "event.rest_given_back": ("The rest is back with the shop", "其余部分已退回商家", "其餘部分已退回商家"),
    "event.cancelled": ("Cancelled by the shop", "商家已取消", "商家已取消"),
    "event.lost": ("Reported lost", "已报遗失", "已報遺失"),
    "event.paid": ("Paid", "已付款", "已付款"),
    "event.carrier_booked": ("A carrier will bring it", "将由快递公司派送", "將由快遞公司配送"),
    "event.handed_to_carrier": ("Handed to the carrier", "已交给快递公司", "已交給快遞公司"),
}


def say(key: str, language: str, *, status: str | None = None, **holes: Any) -> str:
    """Return a sentence in a language (English where we lack it), by its key or else by a status."""
    row = WORDS.get(key) or WORDS.get(f"status.{status}") or WORDS["title"]
    return row[LANGUAGES.index(language) if language in LANGUAGES else 0].format(**holes)
