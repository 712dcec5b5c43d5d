#!/usr/bin/env python3
"""WallTrack replay oracle: a slow, obvious reading of the contract. Standard library only.

All instants are integers: microseconds since 1970-01-01T00:00:00Z.
All numbers are 64-bit floats; every formula is evaluated left to right as the contract writes it.
"""
import argparse
import bisect
import csv
import datetime
import gzip
import io
import json
import math
import re
import sys
import uuid
from fractions import Fraction

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 3600 * SECOND
DAY = 24 * HOUR
WRAPPED_SOL = "So11111111111111111111111111111111111111112"
SKIP_REASONS = ["below_threshold", "filtered", "daily_limit", "already_holding",
                "max_positions", "no_price", "insufficient_capital"]


class Refused(Exception):
    """Input that cannot be used at all (exit code 2)."""


class ScenarioFailed(Exception):
    """This scenario fails; the others go on."""


# ------------------------------------------------------------------ instants

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
ISO = re.compile(r"^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?)?\s*"
                 r"(Z|z|UTC|[+-]\d{2}(?::?\d{2})?)?$")


def parse_instant(text):
    """ISO 8601 (no offset: UTC), Unix seconds or Unix milliseconds (magnitude >= 1e11)."""
    text = text.strip()
    if re.match(r"^[+-]?\d+(\.\d+)?$", text):
        number = Fraction(text)
        if abs(number) >= 10 ** 11:
            number = number / 1000
        return math.floor(number * SECOND)
    m = ISO.match(text)
    if not m:
        raise ValueError("unparsable time: %r" % text)
    year, month, day, hour, minute, second, fraction, offset = m.groups()
    moment = datetime.datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0),
                               int(second or 0), tzinfo=datetime.timezone.utc)
    micro = int(((fraction or "") + "000000")[:6])
    result = ((moment - EPOCH) // datetime.timedelta(seconds=1)) * SECOND + micro
    if offset and offset[0] in "+-":
        digits = offset[1:].replace(":", "")
        shift = int(digits[:2]) * HOUR + int(digits[2:] or 0) * MINUTE
        result = result - shift if offset[0] == "+" else result + shift
    return result


def format_instant(t):
    moment = EPOCH + datetime.timedelta(microseconds=t)
    text = moment.strftime("%Y-%m-%dT%H:%M:%S")
    micro = t % SECOND
    if micro:
        text += ".%06d" % micro
    return text + "Z"


# ------------------------------------------------------------------ reading files

NUMBER = re.compile(r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$")
BASE58 = re.compile(r"^[1-9A-HJ-NP-Za-km-z]{32,44}$")


def parse_number(text):
    text = text.strip()
    if not NUMBER.match(text):
        raise ValueError("unparsable number: %r" % text)
    value = float(text)
    if math.isnan(value) or math.isinf(value):
        raise ValueError("not finite: %r" % text)
    return value


def read_csv(path):
    try:
        with open(path, "rb") as f:
            data = f.read()
        if data[:2] == b"\x1f\x8b":
            data = gzip.decompress(data)
        text = data.decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError) as e:
        raise Refused("cannot read %s: %s" % (path, e))
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if not reader.fieldnames:
        raise Refused("%s is empty" % path)
    return list(reader)


def cell(row, *names):
    """The first non-blank cell among the given column names, or ''."""
    for name in names:
        value = row.get(name)
        if value is not None and value.strip() != "":
            return value.strip()
    return ""


class Signal:
    pass


class Bar:
    __slots__ = ("open_time", "close_time", "open", "high", "low", "close")


def read_signals(path, keep_bad_addresses, rejects):
    signals = {}
    for row in read_csv(path):
        try:
            s = parse_signal(row, keep_bad_addresses)
        except ValueError as e:
            reason = "signal: " + str(e).split(":")[0]
            rejects[reason] = rejects.get(reason, 0) + 1
            continue
        if s.id in signals:
            if vars(signals[s.id]) != vars(s):
                rejects["signal: duplicate id, other content"] = rejects.get("signal: duplicate id, other content", 0) + 1
            continue  # exact duplicate: kept once
        signals[s.id] = s
    # Signals in order of (time, id), ids compared as lower-case text.
    return sorted(signals.values(), key=lambda s: (s.time, s.id))


def parse_signal(row, keep_bad_addresses):
    s = Signal()
    s.time = parse_instant(cell(row, "timestamp"))
    s.wallet_address = cell(row, "wallet_address")
    s.token_address = cell(row, "token_address")
    for address in (s.wallet_address, s.token_address):
        if address == "":
            raise ValueError("missing address")
        if not BASE58.match(address) and not keep_bad_addresses:
            raise ValueError("address not base58 of 32-44 characters: %r" % address)
    breakdown = {}
    if cell(row, "score_breakdown"):
        breakdown = json.loads(cell(row, "score_breakdown"))

    def component(name, *columns):
        text = cell(row, *columns)
        if text == "" and breakdown.get(name) is not None:
            text = str(breakdown[name])
        if text == "":
            return None
        value = parse_number(text)
        if not 0 <= value <= 1:
            raise ValueError("score component outside [0, 1]: %r" % value)
        return value

    s.wallet = component("wallet", "wallet", "wallet_score")
    if s.wallet is None:
        raise ValueError("missing wallet score")
    s.cluster = component("cluster", "cluster")
    s.token = component("token", "token")
    s.context = component("context", "context")
    # A missing cluster, token or context counts as 0.5.
    if s.cluster is None:
        s.cluster = 0.5
    if s.token is None:
        s.token = 0.5
    if s.context is None:
        s.context = 0.5

    def optional(*columns):
        text = cell(row, *columns)
        return None if text == "" else parse_number(text)

    s.cluster_amplification = optional("cluster_amplification")
    if s.cluster_amplification is None:
        s.cluster_amplification = 1.0
    if s.cluster_amplification < 0:
        raise ValueError("cluster_amplification below 0")
    s.price_usd = optional("price_usd", "token_price_usd")
    if s.price_usd is None:
        raise ValueError("missing price")
    if s.price_usd <= 0:
        raise ValueError("price not above 0")
    s.liquidity_usd = optional("liquidity_usd", "token_liquidity")
    s.market_cap_usd = optional("market_cap_usd", "token_market_cap")
    s.token_age_minutes = optional("token_age_minutes")
    s.actual_traded = cell(row, "actual_traded")
    text = cell(row, "id")
    if text == "":
        content = "|".join(str(v) for k, v in sorted(vars(s).items()))
        s.id = str(uuid.uuid5(uuid.NAMESPACE_URL, content))
    else:
        s.id = str(uuid.UUID(text)).lower()
    return s


def read_bars(path, keep_bad_addresses, rejects, default_interval):
    """token address -> list of Bar in order of open time, one series per token."""
    series = {}  # (token, interval seconds) -> {open time: Bar}
    for row in read_csv(path):
        try:
            token, interval, bar = parse_bar(row, keep_bad_addresses, default_interval)
        except ValueError as e:
            reason = "bar: " + str(e).split(":")[0]
            rejects[reason] = rejects.get(reason, 0) + 1
            continue
        # A bar that arrives again with other values replaces the old one.
        series.setdefault((token, interval), {})[bar.open_time] = bar
    smallest = {}
    for token, interval in series:
        smallest[token] = min(interval, smallest.get(token, interval))
    return {token: [bar for _, bar in sorted(series[token, interval].items())]
            for token, interval in smallest.items()}


def parse_bar(row, keep_bad_addresses, default_interval):
    token = cell(row, "token_address")
    if token == "":
        raise ValueError("missing address")
    if not BASE58.match(token) and not keep_bad_addresses:
        raise ValueError("address not base58 of 32-44 characters: %r" % token)
    text = cell(row, "interval_seconds")
    interval = parse_number(text) if text else default_interval
    if interval is None or interval <= 0:
        raise ValueError("missing interval")
    bar = Bar()
    bar.open_time = parse_instant(cell(row, "open_time", "timestamp"))
    bar.close_time = bar.open_time + round(interval * SECOND)
    bar.open = parse_number(cell(row, "open"))
    bar.high = parse_number(cell(row, "high"))
    bar.low = parse_number(cell(row, "low"))
    bar.close = parse_number(cell(row, "close"))
    volume = cell(row, "volume")
    if volume and parse_number(volume) < 0:
        raise ValueError("volume below 0")
    if min(bar.open, bar.high, bar.low, bar.close) <= 0:
        raise ValueError("price not above 0")
    if not (bar.low <= bar.open <= bar.high and bar.low <= bar.close <= bar.high):
        raise ValueError("OHLC inconsistent")
    return token, interval, bar


# ------------------------------------------------------------------ scenarios

DEFAULT_WEIGHTS = {"wallet_weight": 0.30, "cluster_weight": 0.25, "token_weight": 0.25, "context_weight": 0.20}
DEFAULT_EXIT = {
    "stop_loss_pct": 0.50,
    "take_profit_levels": [{"multiplier": 2.0, "sell_pct": 0.33}, {"multiplier": 3.0, "sell_pct": 0.33}],
    "trailing_stop_enabled": True, "trailing_stop_activation": 2.0, "trailing_stop_distance": 0.30,
    "moonbag_pct": 0.34, "moonbag_stop_loss_pct": None, "max_hold_hours": None, "dead_token_recovery": 1.0}
DEFAULT_SCENARIO = {
    "id": None, "name": None, "description": None, "category": "custom", "tags": [],
    "scoring_weights": DEFAULT_WEIGHTS, "score_threshold": 0.70,
    "starting_capital_sol": 10.0, "base_position_sol": 0.1,
    "high_conviction_multiplier": 1.5, "high_conviction_threshold": 0.85,
    "exit_strategy": DEFAULT_EXIT,
    "max_concurrent_positions": 5, "max_daily_trades": 10,
    "slippage_bps": 100.0, "fee_bps": 0.0, "network_fee_sol": 0.0, "entry_delay_seconds": 0.0,
    "min_liquidity_usd": None, "min_token_age_minutes": None, "max_token_age_minutes": None}
IGNORED = {"created_at", "updated_at", "created_by", "is_preset"}
NULLABLE = {"moonbag_stop_loss_pct", "max_hold_hours", "min_liquidity_usd",
            "min_token_age_minutes", "max_token_age_minutes"}
NOT_NUMBERS = {"id", "name", "description", "category", "tags", "trailing_stop_enabled"}


def preset(name, **changes):
    exit_changes = changes.pop("exit", {})
    scenario = dict(DEFAULT_SCENARIO, name=name, **changes)
    scenario["id"] = str(uuid.uuid5(uuid.NAMESPACE_URL, "walltrack-oracle-preset:" + name))
    scenario["exit_strategy"] = dict(DEFAULT_EXIT, **exit_changes)
    return scenario


def levels(*pairs):
    return [{"multiplier": m, "sell_pct": f} for m, f in pairs]


PRESETS = [
    preset("Conservative", score_threshold=0.80, base_position_sol=0.05, max_concurrent_positions=3, exit=dict(
        stop_loss_pct=0.30, take_profit_levels=levels((1.5, 0.50), (2.0, 0.50)),
        trailing_stop_enabled=False, moonbag_pct=0.0)),
    preset("Balanced"),
    preset("Aggressive Moonbag", score_threshold=0.65, base_position_sol=0.15, high_conviction_multiplier=2.0,
           max_concurrent_positions=7, exit=dict(
               stop_loss_pct=0.60, take_profit_levels=levels((3.0, 0.25), (5.0, 0.25)),
               trailing_stop_activation=3.0, trailing_stop_distance=0.40, moonbag_pct=0.50)),
    preset("Quick Flip", score_threshold=0.75, base_position_sol=0.1, max_concurrent_positions=10, exit=dict(
        stop_loss_pct=0.20, take_profit_levels=levels((1.3, 0.50), (1.5, 0.50)),
        trailing_stop_enabled=False, moonbag_pct=0.0)),
    preset("Diamond Hands", score_threshold=0.85, base_position_sol=0.2, max_concurrent_positions=3, exit=dict(
        stop_loss_pct=0.70, take_profit_levels=levels((5.0, 0.25), (10.0, 0.25)),
        trailing_stop_activation=5.0, trailing_stop_distance=0.50, moonbag_pct=0.50)),
]


def load_scenario(given):
    """Fill in defaults, turn number strings into numbers, refuse unknown fields, validate."""
    def fill(given, defaults, where, ignored=()):
        if not isinstance(given, dict):
            raise Refused("%s must be an object" % where)
        unknown = set(given) - set(defaults) - set(ignored)
        if unknown:
            raise Refused("unknown field(s) in %s: %s" % (where, ", ".join(sorted(unknown))))
        result = {}
        for key, default in defaults.items():
            value = given.get(key, default)
            if value is None and key in given and key not in NULLABLE and key not in ("id", "description"):
                value = default
            if key not in NOT_NUMBERS and not isinstance(default, (dict, list)) and value is not None:
                if isinstance(value, bool):
                    raise Refused("%s in %s must be a number" % (key, where))
                value = parse_number(value) if isinstance(value, str) else float(value)
            result[key] = value
        return result

    s = fill(given, DEFAULT_SCENARIO, "scenario", IGNORED)
    s["scoring_weights"] = fill(s["scoring_weights"], DEFAULT_WEIGHTS, "scoring_weights")
    e = s["exit_strategy"] = fill(s["exit_strategy"], DEFAULT_EXIT, "exit_strategy")
    e["take_profit_levels"] = [fill(level, {"multiplier": 0.0, "sell_pct": 0.0}, "take_profit_levels")
                               for level in e["take_profit_levels"]]

    def must(truth, sentence):
        if not truth:
            raise Refused("scenario %r: %s" % (s["name"], sentence))

    must(isinstance(s["name"], str) and 1 <= len(s["name"]) <= 100, "name must have 1-100 characters")
    w = s["scoring_weights"]
    must(all(x >= 0 for x in w.values()), "weights must be >= 0")
    must(abs(sum(w.values()) - 1) <= 0.01 + 1e-12, "weights must sum to 1 +- 0.01")
    must(0 <= s["score_threshold"] <= 1, "score_threshold in [0, 1]")
    must(s["starting_capital_sol"] > 0, "starting_capital_sol > 0")
    must(0 < s["base_position_sol"] <= s["starting_capital_sol"], "0 < base_position_sol <= capital")
    must(s["high_conviction_multiplier"] >= 1, "high_conviction_multiplier >= 1")
    must(0 <= s["high_conviction_threshold"] <= 1, "high_conviction_threshold in [0, 1]")
    must(0 < e["stop_loss_pct"] <= 1, "0 < stop_loss_pct <= 1")
    tps = e["take_profit_levels"]
    must(len(tps) <= 10, "at most 10 take-profit levels")
    must(all(tp["multiplier"] > 1 for tp in tps), "take-profit multiplier > 1")
    must(all(a["multiplier"] < b["multiplier"] for a, b in zip(tps, tps[1:])), "take-profits strictly ascending")
    must(all(0 < tp["sell_pct"] <= 1 for tp in tps), "0 < sell_pct <= 1")
    must(e["trailing_stop_activation"] > 1, "trailing_stop_activation > 1")
    must(0 < e["trailing_stop_distance"] < 1, "0 < trailing_stop_distance < 1")
    must(0 <= e["moonbag_pct"] < 1, "0 <= moonbag_pct < 1")
    must(sum(tp["sell_pct"] for tp in tps) + e["moonbag_pct"] <= 1 + 1e-9, "sell fractions + moonbag <= 1")
    must(e["moonbag_stop_loss_pct"] is None or 0 < e["moonbag_stop_loss_pct"] <= 1, "0 < moonbag_stop_loss_pct <= 1")
    must(e["max_hold_hours"] is None or e["max_hold_hours"] > 0, "max_hold_hours > 0")
    must(0 <= e["dead_token_recovery"] <= 1, "dead_token_recovery in [0, 1]")
    must(1 <= s["max_concurrent_positions"] <= 50, "max_concurrent_positions in 1-50")
    must(s["max_daily_trades"] >= 1, "max_daily_trades >= 1")
    must(0 <= s["slippage_bps"] <= 5000, "slippage_bps in 0-5000")
    for key in ("fee_bps", "network_fee_sol", "entry_delay_seconds"):
        must(s[key] >= 0, key + " >= 0")
    for key in ("min_liquidity_usd", "min_token_age_minutes", "max_token_age_minutes"):
        must(s[key] is None or s[key] >= 0, key + " >= 0")
    if not s["id"]:
        s["id"] = str(uuid.uuid5(uuid.NAMESPACE_URL, "walltrack-oracle-scenario:" + s["name"]))
    return s


# ------------------------------------------------------------------ the replay

class Position:
    """A trade from its decision to its last fill."""


class Replay:
    def __init__(self, scenario, signals, bars, window_from, window_to, sol_usd):
        self.s = scenario
        self.exit = scenario["exit_strategy"]
        self.signals = signals
        self.bars = bars
        self.window_from = window_from
        self.window_to = window_to
        self.sol_usd = sol_usd
        self.sol_bars = bars.get(WRAPPED_SOL, [])
        self.sol_close_times = [b.close_time for b in self.sol_bars]
        self.close_times = {}            # token -> close times, for the equity curve
        self.cash = scenario["starting_capital_sol"]
        self.cash_log = []               # (time, cash after the event)
        self.positions = []              # every position, in order of decision
        self.entries_per_day = {}
        self.skipped = {reason: 0 for reason in SKIP_REASONS}
        self.processed = 0

    def solusd(self, t):
        """Close of the last SOL bar with close time <= t."""
        if self.sol_usd is not None:
            return self.sol_usd
        i = bisect.bisect_right(self.sol_close_times, t) - 1
        if i < 0:
            raise ScenarioFailed("no SOL price known at %s: no SOL bar closes at or before it" % format_instant(t))
        return self.sol_bars[i].close

    def score(self, signal):
        w = self.s["scoring_weights"]
        total = w["wallet_weight"] * signal.wallet
        total = total + w["cluster_weight"] * signal.cluster * signal.cluster_amplification
        total = total + w["token_weight"] * signal.token
        total = total + w["context_weight"] * signal.context
        return min(max(total, 0.0), 1.0)

    def run(self):
        for signal in self.signals:
            if not (self.window_from <= signal.time < self.window_to):
                continue
            self.happen_until(signal.time)
            self.processed += 1
            reason = self.decide(signal)
            if reason is not None:
                self.skipped[reason] += 1
        self.happen_until(self.window_to)

    # -- decision

    def passes_filters(self, signal):
        minimum_liquidity = self.s["min_liquidity_usd"]
        if minimum_liquidity is not None:
            if signal.liquidity_usd is None or signal.liquidity_usd < minimum_liquidity:
                return False
        minimum_age = self.s["min_token_age_minutes"]
        if minimum_age is not None:
            if signal.token_age_minutes is None or signal.token_age_minutes < minimum_age:
                return False
        maximum_age = self.s["max_token_age_minutes"]
        if maximum_age is not None:
            if signal.token_age_minutes is None or signal.token_age_minutes > maximum_age:
                return False
        return True

    def decide(self, signal):
        """Enter, or return the first skip reason that applies."""
        s = self.s
        score = self.score(signal)
        if not score + 1e-9 >= s["score_threshold"]:
            return "below_threshold"
        if not self.passes_filters(signal):
            return "filtered"
        day = signal.time // DAY
        if self.entries_per_day.get(day, 0) >= s["max_daily_trades"]:
            return "daily_limit"
        holding = [p for p in self.positions if p.main > 0]
        if any(p.signal.token_address == signal.token_address for p in holding):
            return "already_holding"
        if len(holding) >= s["max_concurrent_positions"]:
            return "max_positions"
        # The first bar that can touch the position.
        delay = round(s["entry_delay_seconds"] * SECOND)
        earliest = signal.time + delay
        bars = self.bars.get(signal.token_address, [])
        first = None
        for i, bar in enumerate(bars):
            if bar.open_time >= earliest:
                first = i
                break
        if first is None or bars[first].close_time > self.window_to:
            return "no_price"
        if delay > 0 and bars[first].open_time - earliest > 5 * MINUTE:
            return "no_price"
        size = s["base_position_sol"]
        if score + 1e-9 >= s["high_conviction_threshold"]:
            size = size * s["high_conviction_multiplier"]
        cost = size + size * s["fee_bps"] / 10000 + s["network_fee_sol"]
        if self.cash < cost:
            return "insufficient_capital"

        p = Position()
        p.signal = signal
        p.score = score
        p.size = size
        p.cost = cost
        p.entry_fees = size * s["fee_bps"] / 10000 + s["network_fee_sol"]
        p.fees = p.entry_fees
        if delay == 0:
            p.entry_time = signal.time
            p.raw = signal.price_usd
        else:
            p.entry_time = bars[first].open_time
            p.raw = bars[first].open
        p.E = p.raw * (1 + s["slippage_bps"] / 10000)
        p.Q = size * self.solusd(p.entry_time) / p.E
        p.reserve = self.exit["moonbag_pct"] * p.Q
        p.main = p.Q - p.reserve
        p.formed = False
        p.peak = p.E
        p.trailing_active = False
        p.next_tp = 0
        p.bars = bars
        p.next_bar = first
        p.over = False
        p.fills = []
        p.open_after = [(p.entry_time, p.Q)]  # (time, open quantity from then on)
        self.cash = self.cash - cost
        self.cash_log.append((signal.time, self.cash))
        self.entries_per_day[day] = self.entries_per_day.get(day, 0) + 1
        self.positions.append(p)
        return None

    # -- the bars

    def happen_until(self, t):
        """Let every bar of every open position that closes at or before t happen,
        in order of close time, then of decision."""
        while True:
            soonest = None
            for p in self.positions:
                if p.over:
                    continue
                if soonest is None or p.bars[p.next_bar].close_time < soonest.bars[soonest.next_bar].close_time:
                    soonest = p
            if soonest is None or soonest.bars[soonest.next_bar].close_time > t:
                return
            self.happen_bar(soonest)

    def sell(self, p, bar, quantity, price, reason):
        if quantity < 1e-9 * p.Q:
            return False  # counts as nothing: makes no fill
        s = self.s
        sale_price = price * (1 - s["slippage_bps"] / 10000)
        notional = quantity * sale_price / self.solusd(bar.close_time)
        fee = notional * s["fee_bps"] / 10000 + s["network_fee_sol"]
        proceeds = notional - notional * s["fee_bps"] / 10000 - s["network_fee_sol"]
        p.fees = p.fees + fee
        p.fills.append({"time": bar.close_time, "reason": reason, "quantity": quantity,
                        "price": sale_price, "proceeds": proceeds})
        self.cash = self.cash + proceeds
        self.cash_log.append((bar.close_time, self.cash))
        return True

    def sell_main(self, p, bar, price, reason):
        """Sell the main part; while the moonbag is not formed its reserve goes too, in the same fill."""
        if p.formed:
            self.sell(p, bar, p.main, price, reason)
            p.main = 0.0
        else:
            self.sell(p, bar, p.main + p.reserve, price, reason)
            p.main = 0.0
            p.reserve = 0.0

    def happen_bar(self, p):
        x = self.exit
        bar = p.bars[p.next_bar]
        o, h, l, c = bar.open, bar.high, bar.low, bar.close
        fills_before = len(p.fills)

        # 1. stop
        if p.main > 0:
            stop_level = p.E * (1 - x["stop_loss_pct"])
            level = stop_level
            reason = "stop_loss"
            if p.trailing_active:
                trailing_level = p.peak * (1 - x["trailing_stop_distance"])
                if trailing_level > stop_level:
                    level = trailing_level
                    reason = "trailing_stop"
            if o <= level:
                self.sell_main(p, bar, o, reason)
            elif l <= level:
                self.sell_main(p, bar, level, reason)

        # 2. stop of a formed moonbag
        if p.formed and p.reserve > 0 and x["moonbag_stop_loss_pct"] is not None:
            level = p.E * (1 - x["moonbag_stop_loss_pct"])
            price = None
            if o <= level:
                price = o
            elif l <= level:
                price = level
            if price is not None:
                self.sell(p, bar, p.reserve, price, "moonbag_stop")
                p.reserve = 0.0

        # 3. take-profits
        while p.main > 0 and p.next_tp < len(x["take_profit_levels"]):
            tp = x["take_profit_levels"][p.next_tp]
            level = p.E * tp["multiplier"]
            if not h >= level:
                break
            quantity = min(tp["sell_pct"] * p.Q, p.main)
            p.next_tp += 1
            if self.sell(p, bar, quantity, max(o, level), "take_profit"):
                p.formed = True
                p.main = p.main - quantity
                if p.main < 1e-9 * p.Q:
                    p.main = 0.0  # counts as nothing

        # 4. peak; trailing is active from the next bar on
        p.peak = max(p.peak, h)
        if x["trailing_stop_enabled"] and p.peak >= p.E * x["trailing_stop_activation"]:
            p.trailing_active = True

        # 5. maximum hold
        if p.main > 0 and x["max_hold_hours"] is not None:
            if bar.close_time - p.entry_time >= round(x["max_hold_hours"] * HOUR):
                self.sell_main(p, bar, c, "max_hold")

        # The end
        following = p.next_bar + 1
        is_last_usable = following >= len(p.bars) or p.bars[following].close_time > self.window_to
        if is_last_usable and p.main + p.reserve > 0:
            if self.window_to - bar.close_time <= HOUR:
                self.sell(p, bar, p.main + p.reserve, c, "window_end")
            else:
                self.sell(p, bar, p.main + p.reserve, c * x["dead_token_recovery"], "data_end")
            p.main = 0.0
            p.reserve = 0.0

        if p.main + p.reserve < 1e-9 * p.Q:
            p.over = True
        p.next_bar = following
        if len(p.fills) > fills_before:
            p.open_after.append((bar.close_time, p.main + p.reserve))

    # -- results

    def cash_at(self, t):
        """Cash at t. Cash set aside for a delayed entry still counts as cash until its entry time."""
        cash = self.s["starting_capital_sol"]
        for time, after in self.cash_log:
            if time > t:
                break
            cash = after
        for p in self.positions:
            if p.signal.time <= t < p.entry_time:
                cash = cash + p.cost
        return cash

    def mark(self, p, t):
        """Close of the last bar with entry time < close time <= t, else the raw entry price."""
        token = p.signal.token_address
        if token not in self.close_times:
            self.close_times[token] = [b.close_time for b in p.bars]
        i = bisect.bisect_right(self.close_times[token], t) - 1
        if i >= 0 and p.bars[i].close_time > p.entry_time:
            return p.bars[i].close
        return p.raw

    def equity_at(self, t):
        equity = self.cash_at(t)
        for p in self.positions:
            if not p.entry_time <= t < p.fills[-1]["time"]:
                continue
            quantity = 0.0
            for time, open_quantity in p.open_after:
                if time <= t:
                    quantity = open_quantity
            equity = equity + quantity * self.mark(p, t) / self.solusd(t)
        return equity

    def equity_curve(self):
        """One point at each full UTC hour in [from, to] and at both ends."""
        times = {self.window_from, self.window_to}
        t = self.window_from - self.window_from % HOUR
        while t <= self.window_to:
            if t >= self.window_from:
                times.add(t)
            t += HOUR
        return [(t, self.equity_at(t)) for t in sorted(times)]

    def trade_json(self, p):
        return {
            "signal_id": p.signal.id, "token_address": p.signal.token_address,
            "wallet_address": p.signal.wallet_address, "score": p.score,
            "entry_time": format_instant(p.entry_time), "raw_price": p.raw, "entry_price": p.E,
            "size_sol": p.size, "quantity": p.Q, "exit_time": format_instant(p.fills[-1]["time"]),
            "pnl_sol": pnl_of(p), "fees_sol": p.fees,
            "fills": [{"time": format_instant(f["time"]), "reason": f["reason"], "quantity": f["quantity"],
                       "price": f["price"], "proceeds_sol": f["proceeds"]} for f in p.fills]}

    def result(self):
        self.run()
        assert all(p.over and p.fills for p in self.positions)
        equity = self.equity_curve()
        return {
            "metrics": self.metrics(equity),
            "skipped": self.skipped,
            "trades": [self.trade_json(p) for p in self.positions],
            "equity": [[format_instant(t), v] for t, v in equity]}

    def metrics(self, equity):
        capital = self.s["starting_capital_sol"]
        trades = self.positions
        pnls = [pnl_of(p) for p in trades]
        wins = [x for x in pnls if x > 0]
        losses = [x for x in pnls if x < 0]
        gross_profit = sum(wins, 0.0)
        gross_loss = -sum(losses, 0.0) if losses else 0.0
        total_pnl = sum(pnls, 0.0)
        total_return = total_pnl / capital
        drawdown, drawdown_hours = max_drawdown(equity)
        returns = self.daily_returns(equity)
        sharpe = None
        sortino = None
        if len(returns) >= 2:
            mean = sum(returns) / len(returns)
            sd = math.sqrt(sum((r - mean) ** 2 for r in returns) / (len(returns) - 1))
            if sd != 0:
                sharpe = finite(mean / sd * math.sqrt(365))
        if any(r < 0 for r in returns):
            mean = sum(returns) / len(returns)
            downside = math.sqrt(sum(min(r, 0.0) ** 2 for r in returns) / len(returns))
            if downside != 0:
                sortino = finite(mean / downside * math.sqrt(365))
        calmar = None
        days = (self.window_to - self.window_from) / DAY
        if drawdown > 0 and 1 + total_return >= 0:
            try:
                calmar = finite(((1 + total_return) ** (365 / days) - 1) / drawdown)
            except (OverflowError, ZeroDivisionError):
                calmar = None
        return {
            "signals_processed": self.processed,
            "signals_traded": len(trades),
            "total_trades": len(trades),
            "winning_trades": len(wins),
            "losing_trades": len(losses),
            "win_rate": len(wins) / len(trades) if trades else None,
            "total_pnl_sol": total_pnl,
            "total_return": total_return,
            "average_win_sol": gross_profit / len(wins) if wins else None,
            "average_loss_sol": -gross_loss / len(losses) if losses else None,
            "largest_win_sol": max(wins) if wins else None,
            "largest_loss_sol": min(losses) if losses else None,
            "gross_profit_sol": gross_profit,
            "gross_loss_sol": gross_loss,
            "profit_factor": gross_profit / gross_loss if gross_loss > 0 else None,
            "expectancy_sol": total_pnl / len(trades) if trades else None,
            "max_drawdown": drawdown,
            "max_drawdown_hours": drawdown_hours,
            "sharpe_ratio": sharpe,
            "sortino_ratio": sortino,
            "calmar_ratio": calmar,
            "average_hold_hours": (sum((p.fills[-1]["time"] - p.entry_time) / HOUR for p in trades) / len(trades)
                                   if trades else None),
            "exposure": self.exposure([t for t, _ in equity]),
            "fees_sol": sum((p.fees for p in trades), 0.0)}

    def daily_returns(self, equity):
        """Between consecutive UTC midnights inside the window, window ends included."""
        at = [v for t, v in equity if t % DAY == 0 or t in (self.window_from, self.window_to)]
        return [b / a - 1 for a, b in zip(at, at[1:]) if a != 0]

    def exposure(self, times):
        intervals = list(zip(times, times[1:]))
        touched = 0
        for start, end in intervals:
            if any(p.entry_time < end and p.fills[-1]["time"] > start for p in self.positions):
                touched += 1
        return touched / len(intervals)


def pnl_of(p):
    """Sum of proceeds - size - entry fees."""
    total = 0.0
    for f in p.fills:
        total = total + f["proceeds"]
    return total - p.size - p.entry_fees


def finite(x):
    return x if math.isfinite(x) else None


def max_drawdown(equity):
    """(deepest drawdown, hours from its peak to recovery or the end)."""
    deepest, trough = 0.0, None
    peak = equity[0][1]
    trough_peak = peak
    for i, (t, v) in enumerate(equity):
        peak = max(peak, v)
        drawdown = (peak - v) / peak if peak > 0 else 0.0
        if drawdown > deepest:  # the first one when equal
            deepest, trough, trough_peak = drawdown, i, peak
    if trough is None:
        return 0.0, 0.0
    start = max(i for i in range(trough) if equity[i][1] == trough_peak)
    end = len(equity) - 1
    for i in range(trough + 1, len(equity)):
        if equity[i][1] >= trough_peak:
            end = i
            break
    return deepest, (equity[end][0] - equity[start][0]) / HOUR


# ------------------------------------------------------------------ command line

def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--signals", required=True)
    a.add_argument("--bars", required=True)
    which = a.add_mutually_exclusive_group(required=True)
    which.add_argument("--scenarios")
    which.add_argument("--preset")
    a.add_argument("--from", dest="from_", required=True)
    a.add_argument("--to", required=True)
    a.add_argument("--sol-usd", type=float)
    a.add_argument("--interval", type=float, help="seconds, for bar rows without interval_seconds")
    a.add_argument("--keep-bad-addresses", action="store_true",
                   help="do not reject rows whose addresses are not base58 of 32-44 characters")
    a.add_argument("--output", required=True)
    a.add_argument("--quiet", action="store_true")
    args = a.parse_args()

    rejects = {}
    signals = read_signals(args.signals, args.keep_bad_addresses, rejects)
    bars = read_bars(args.bars, args.keep_bad_addresses, rejects, args.interval)
    window_from, window_to = parse_instant(args.from_), parse_instant(args.to)
    if not window_from < window_to:
        raise Refused("--from must be before --to")
    if args.sol_usd is not None and not args.sol_usd > 0:
        raise Refused("--sol-usd must be above 0")
    if args.preset:
        chosen = [s for s in PRESETS if args.preset.lower() in ("all", s["name"].lower())]
        if not chosen:
            raise Refused("no preset named %r" % args.preset)
    else:
        with open(args.scenarios, encoding="utf-8") as f:
            chosen = json.load(f)
        if isinstance(chosen, dict):
            chosen = [chosen]
    scenarios = [load_scenario(s) for s in chosen]

    results = []
    for scenario in scenarios:
        result = {"scenario_id": scenario["id"], "scenario_name": scenario["name"], "status": "completed",
                  "error": None, "parameters": scenario, "metrics": None, "skipped": None, "trades": [], "equity": []}
        try:
            result.update(Replay(scenario, signals, bars, window_from, window_to, args.sol_usd).result())
        except ScenarioFailed as e:
            result["status"] = "failed"
            result["error"] = str(e)
        results.append(result)
        if not args.quiet:
            if result["status"] == "failed":
                print("%-24s failed: %s" % (scenario["name"], result["error"]))
            else:
                m = result["metrics"]
                print("%-24s processed %5d  trades %4d  pnl %+.6f SOL  skipped %s" % (
                    scenario["name"], m["signals_processed"], m["total_trades"], m["total_pnl_sol"],
                    {k: v for k, v in result["skipped"].items() if v}))
    failed = any(r["status"] == "failed" for r in results)
    document = {"batch_id": str(uuid.uuid5(uuid.NAMESPACE_URL, "oracle")), "name": "oracle",
                "status": "failed" if failed else "completed",
                "from": format_instant(window_from), "to": format_instant(window_to),
                "engine_version": "", "history_fingerprint": "", "results": results}
    with open(args.output, "w", encoding="utf-8") as f:
        json.dump(document, f, indent=1, allow_nan=False)
        f.write("\n")
    if rejects and not args.quiet:
        print("rejected rows: %s" % rejects)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Refused as e:
        print("refused: %s" % e, file=sys.stderr)
        sys.exit(2)
