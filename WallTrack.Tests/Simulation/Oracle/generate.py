#!/usr/bin/env python3
"""generate.py --seed N --out DIR: a small random history that stresses edge cases of the contract.

Writes DIR/signals.csv, DIR/bars.csv, DIR/scenarios.json, DIR/case.json ({"from", "to", "sol_usd"}) and
DIR/args (the same as command-line words: --from … --to … [--sol-usd …]).
Same seed, same files. Every row is valid: rejects are not what this tests.
"""
import argparse
import csv
import datetime
import json
import os
import random
import uuid

SOL = "So11111111111111111111111111111111111111112"
B58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
MINUTE, HOUR, DAY = 60, 3600, 86400
BASE = 1767225600  # 2026-01-01T00:00:00Z

# Multiples of the entry price on which the levels of many scenarios lie exactly.
ROUND = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 1.0, 1.0, 1.0, 1.1, 1.2, 1.25, 1.3, 1.5, 2.0, 2.1,
         2.5, 3.0, 3.5, 4.0, 5.0]


def iso(t):
    micro = round((t - int(t)) * 1e6)
    text = datetime.datetime.fromtimestamp(int(t), datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")
    return text + (".%06d" % micro if micro else "") + "Z"


def address(rnd):
    return "".join(rnd.choice(B58) for _ in range(rnd.choice([32, 40, 43, 44, 44])))


def instant_text(rnd, t, exotic):
    if not exotic:
        return iso(t)
    kind = rnd.randrange(5)
    if kind == 0 and t == int(t):
        return str(int(t))                       # Unix seconds
    if kind == 1 and t == int(t):
        return str(int(t) * 1000)                # Unix milliseconds
    if kind == 2:
        return iso(t + 2 * HOUR)[:-1] + "+02:00"
    if kind == 3:
        return iso(t)[:-1]                       # without offset: UTC
    return iso(t)


def round_walk(rnd, anchor):
    """One bar on round multiples of the anchor; the next opens where it likes."""
    o, c = rnd.choice(ROUND), rnd.choice(ROUND)
    if rnd.random() < 0.5:
        o = rnd.choice([0.9, 1.0, 1.0, 1.1])
    extremes = [o, c]
    if rnd.random() < 0.5:
        extremes.append(rnd.choice(ROUND))
    if rnd.random() < 0.15:
        extremes += [0.2, 5.0]                   # stop and target in one bar
    return [o * anchor, max(extremes) * anchor, min(extremes) * anchor, c * anchor]


def free_walk(rnd, price, vol):
    o = price * (1 if rnd.random() < 0.8 else rnd.lognormvariate(0, vol))
    c = o * rnd.lognormvariate(0, vol)
    h = max(o, c) * (1 if rnd.random() < 0.3 else rnd.lognormvariate(0, vol / 2) if rnd.random() < 0.5 else 1 + vol)
    l = min(o, c) * (1 if rnd.random() < 0.3 else 1 / (1 + vol * rnd.random()))
    h, l = max(h, o, c), min(l, o, c)
    return [o, h, l, c]


def tight_walk(rnd, anchor):
    """Near the anchor, with now and then an exact touch of a level."""
    o, c = anchor * rnd.choice([0.98, 0.99, 1.0, 1.01, 1.02]), anchor * rnd.choice([0.98, 0.99, 1.0, 1.01, 1.02])
    h, l = max(o, c), min(o, c)
    if rnd.random() < 0.15:
        h = max(h, anchor * rnd.choice([1.3, 1.5, 2.0, 3.0]))
    if rnd.random() < 0.10:
        l = min(l, anchor * rnd.choice([0.8, 0.7, 0.5]))
    return [o, h, l, c]


def make_series(rnd, start, end, delta, style, anchor):
    gap_chance = rnd.choice([0.0, 0.0, 0.03, 0.15, 0.4])
    vol = rnd.choice([0.01, 0.05, 0.15, 0.4]) * (1 if delta > 60 else 0.5)
    t = start - start % delta
    if rnd.random() < 0.3:                       # the series begins late
        t += rnd.randrange(0, max(1, int((end - start) / delta / 2))) * delta
    stop = end
    if rnd.random() < 0.4:                       # … or dies early
        stop = start + (end - start) * rnd.uniform(0.3, 0.95)
    price, bars = anchor, []
    while t < stop:
        if rnd.random() < gap_chance:
            t += delta * rnd.choice([1, 1, 2, 5, 6, 30])
            continue
        if style == "round":
            o, h, l, c = round_walk(rnd, anchor)
        elif style == "tight":
            o, h, l, c = tight_walk(rnd, anchor)
        else:
            o, h, l, c = free_walk(rnd, price, vol)
            price = min(max(c, anchor * 1e-3), anchor * 1e3)
        bars.append((t, o, h, l, c))
        t += delta
    return bars


def make_scenario(rnd, i, mostly_round):
    pick = rnd.choice
    weights = pick([(0.30, 0.25, 0.25, 0.20), (0.25, 0.25, 0.25, 0.25), (1.0, 0.0, 0.0, 0.0), (0.4, 0.3, 0.2, 0.1)])
    multipliers = sorted(rnd.sample([1.1, 1.25, 1.3, 1.5, 2.0, 2.5, 3.0, 5.0], pick([0, 1, 2, 2, 2, 3, 4])))
    moonbag = pick([0.0, 0.0, 0.1, 0.25, 0.34, 0.5])
    left = 1.0 - moonbag
    style = pick(["even", "even", "thirds", "small"])
    fractions = []
    for _ in multipliers:
        f = {"even": left / max(1, len(multipliers)), "thirds": 0.33, "small": 0.1}[style]
        f = min(f, 1.0 - moonbag - sum(fractions))
        fractions.append(f)
    pairs = [(m, f) for m, f in zip(multipliers, fractions) if f > 0.001]
    capital = pick([1.0, 1.0, 1.0, 0.5, 10.0, 10.0])
    slippage = pick([0, 0, 100, 100, 50, 250]) if mostly_round else pick([0, 100, 100, 37, 1000])
    fee = pick([0, 0, 0, 30, 100])
    if rnd.random() < 0.1:
        max_hold = pick([0.05, 0.5, 1])
    else:
        max_hold = pick([None, None, None, 0.25, 1, 2, 6, 24])
    s = {
        "name": "S%02d" % i, "description": None, "category": "custom", "tags": [],
        "scoring_weights": dict(zip(("wallet_weight", "cluster_weight", "token_weight", "context_weight"), weights)),
        "score_threshold": pick([0.0, 0.3, 0.5, 0.5, 0.6, 0.65, 0.7]),
        "starting_capital_sol": capital, "base_position_sol": pick([0.1, 0.1, 0.05, 0.2]) if capital > 0.5 else 0.1,
        "high_conviction_multiplier": pick([1.0, 1.5, 2.0, 3.0]),
        "high_conviction_threshold": pick([0.0, 0.6, 0.7, 0.85, 1.0]),
        "exit_strategy": {
            "stop_loss_pct": pick([0.1, 0.2, 0.3, 0.5, 0.5, 0.6, 0.7, 0.9, 1.0]),
            "take_profit_levels": [{"multiplier": m, "sell_pct": f} for m, f in pairs],
            "trailing_stop_enabled": pick([True, True, False]),
            "trailing_stop_activation": pick([1.1, 1.3, 1.5, 2.0, 3.0]),
            "trailing_stop_distance": pick([0.1, 0.2, 0.3, 0.5, 0.75]),
            "moonbag_pct": moonbag,
            "moonbag_stop_loss_pct": pick([None, None, 0.1, 0.3, 0.5, 0.9, 1.0]),
            "max_hold_hours": max_hold,
            "dead_token_recovery": pick([1.0, 1.0, 0.5, 0.1, 0.0])},
        "max_concurrent_positions": pick([1, 2, 3, 5, 10, 50]),
        "max_daily_trades": pick([1, 3, 10, 1000, 1000]),
        "slippage_bps": slippage, "fee_bps": fee, "network_fee_sol": pick([0, 0, 0.0001, 0.001]),
        "entry_delay_seconds": pick([0, 0, 0, 0, 1, 30, 60, 300, 3600]),
        "min_liquidity_usd": pick([None] * 6 + [0, 10000]),
        "min_token_age_minutes": pick([None] * 6 + [10, 60]),
        "max_token_age_minutes": pick([None] * 6 + [60, 1000])}
    if rnd.random() < 0.1:                       # leave fields out: the defaults
        for key in rnd.sample(sorted(set(s) - {"name", "base_position_sol", "starting_capital_sol"}), 3):
            del s[key]
    if rnd.random() < 0.1:                       # numbers as strings
        s["slippage_bps"] = str(s.get("slippage_bps", 100))
        s["starting_capital_sol"] = "%r" % s["starting_capital_sol"]
    return s


def generate(seed, out):
    rnd = random.Random("walltrack %d" % seed)
    os.makedirs(out, exist_ok=True)
    exotic = seed % 5 == 4                        # other column names, time formats, row order, duplicates
    delta = rnd.choice([60, 60, 300, 300, 3600])
    length = {60: rnd.choice([3, 8, 30, 50]) * HOUR, 300: rnd.choice([10, 30, 80]) * HOUR,
              3600: rnd.choice([2, 5, 15]) * DAY}[delta]
    start = BASE + rnd.randrange(0, 30) * DAY + rnd.choice([0, 0, 18 * HOUR, 23 * HOUR, 7 * HOUR + 30 * MINUTE])
    end = start + length
    # The window: on full hours or not; history also lies before and after it.
    w_from = start + rnd.choice([0, 0, HOUR, 17 * MINUTE, 1234.5])
    w_to = end - rnd.choice([0, 0, HOUR, 30 * MINUTE, 31 * MINUTE, 1777, 0.25, 2 * HOUR])
    if w_to - w_from < HOUR:
        w_from, w_to = start, end
    mostly_round = rnd.random() < 0.7

    sol_mode = rnd.choice(["bars", "bars", "bars", "bars", "constant", "late"])
    sol_rows, sol_usd = [], None
    sol_delta = rnd.choice([3600, 3600, 300, 60 if length <= 10 * HOUR else 300])
    first_sol = (start - 3 * HOUR) // sol_delta * sol_delta
    if sol_mode == "late":
        first_sol += 3 * HOUR + int(length * rnd.choice([0.02, 0.2]) / sol_delta) * sol_delta
    if sol_mode == "constant":
        sol_usd = rnd.choice([100, 150.0, 200, 123.456])
    if sol_mode != "constant" or rnd.random() < 0.3:
        t, p, flat = first_sol, rnd.choice([100.0, 128.0, 200.0]), rnd.random() < 0.4
        while t < end + 2 * HOUR:
            if rnd.random() > 0.04 or t == first_sol:
                q = p if flat else round(p * rnd.lognormvariate(0, 0.004), 4)
                sol_rows.append((SOL, t, sol_delta, p, max(p, q), min(p, q), q))
                p = q
            t += sol_delta

    tokens, rows = [], list(sol_rows)
    for k in range(rnd.choice([2, 4, 6, 8, 12])):
        token = address(rnd)
        anchor = rnd.choice([1.0, 1.0, 2.0, 0.5, 100.0, 1e-6, 0.00123, 1e-12, 1e5])
        style = rnd.choice(["round", "tight", "tight", "free"]) if mostly_round else rnd.choice(["free", "free", "tight"])
        d = delta if rnd.random() < 0.85 else rnd.choice([60, 300, 3600])
        if length / d > 4000:
            d = delta
        series = []
        if rnd.random() > 0.1:                   # else: a token without bars
            # Sometimes the round multiples are those of the entry price after slippage: levels hit exactly.
            slip = rnd.choice([0, 0, 50, 100, 100, 250])
            series = make_series(rnd, start - HOUR, end + 2 * HOUR, d, style, anchor * (1 + slip / 10000))
            rows += [(token, b[0], d) + b[1:] for b in series]
            if rnd.random() < 0.1:               # a second, coarser series that must not be used
                coarse = d * 5 if d < 3600 else 4 * 3600
                rows += [(token, b[0], coarse) + b[1:] for b in
                         make_series(rnd, start - HOUR, end, coarse, "round", anchor * 3)]
        tokens.append((token, anchor, style, series))

    wallets = [address(rnd) for _ in range(5)]
    signals = []
    grid = [MINUTE, delta]
    count = rnd.choice([20, 60, 150, 300])
    for _ in range(count):
        token, anchor, style, series = rnd.choice(tokens)
        t = rnd.uniform(start - HOUR, end + HOUR)
        how = rnd.random()
        if how < 0.6:
            g = rnd.choice(grid)
            t = int(t // g * g)                  # on the grid of bar opens and closes
        elif how < 0.8:
            t = int(t)
        else:
            t = int(t) + rnd.choice([0.5, 0.000001, 0.999999, 0.123457])
        if rnd.random() < 0.04:
            t = rnd.choice([w_from, w_to, w_from - 1, w_to - 1])
        if signals and rnd.random() < 0.2:
            t = rnd.choice(signals)["t"]         # equal times
        price = anchor
        if style == "free" or rnd.random() < 0.2:
            near = [b for b in series if b[0] <= t]
            price = near[-1][4] if near else anchor
            if rnd.random() < 0.5:
                price *= rnd.uniform(0.9, 1.1)
        part = lambda: rnd.choice([0.0, 0.2, 0.4, 0.5, 0.6, 0.6, 0.7, 0.7, 0.8, 0.8, 0.9, 1.0, round(rnd.random(), 4)])
        some = lambda f, blank: "" if rnd.random() < blank else f()
        identity = str(uuid.UUID(int=rnd.getrandbits(128), version=4))
        if rnd.random() < 0.3:
            identity = identity.upper()
        signals.append({
            "t": t, "id": identity, "wallet_address": rnd.choice(wallets), "token_address": token,
            "wallet": part(), "cluster": some(part, 0.1), "token": some(part, 0.1), "context": some(part, 0.1),
            "cluster_amplification": some(lambda: rnd.choice([1.0, 1.0, 1.2, 1.8, 0, 3]), 0.2),
            "price_usd": repr(price),
            "liquidity_usd": some(lambda: rnd.choice([5000, 10000, 25000.5, 0]), 0.25),
            "market_cap_usd": some(lambda: rnd.choice([100000, 1e6]), 0.5),
            "token_age_minutes": some(lambda: rnd.choice([5, 10, 60, 61, 500, 1000, 2000.5]), 0.2),
            "actual_traded": some(lambda: rnd.choice(["true", "false"]), 0.3)})

    names = ["id", "timestamp", "wallet_address", "token_address", "wallet", "cluster", "token", "context",
             "cluster_amplification", "price_usd", "liquidity_usd", "market_cap_usd", "token_age_minutes",
             "actual_traded"]
    other = {"wallet": "wallet_score", "price_usd": "token_price_usd", "liquidity_usd": "token_liquidity",
             "market_cap_usd": "token_market_cap"}
    signals.sort(key=lambda s: s["t"])
    lines = [[instant_text(rnd, s["t"], exotic) if n == "timestamp" else s[n] for n in names] for s in signals]
    header = [other.get(n, n) if exotic else n for n in names]
    if exotic:
        lines += [list(x) for x in rnd.sample(lines, min(3, len(lines)))]
        rnd.shuffle(lines)
    write_csv(os.path.join(out, "signals.csv"), header, lines)

    header = ["token_address", "timestamp" if exotic else "open_time", "interval_seconds", "open", "high", "low",
              "close", "volume"]
    lines = [[a, instant_text(rnd, t, exotic), d, repr(o), repr(h), repr(l), repr(c), rnd.choice([0, 1.5, 1000])]
             for a, t, d, o, h, l, c in rows]
    if exotic:
        lines += [list(x) for x in rnd.sample(lines, min(3, len(lines)))]
        rnd.shuffle(lines)
    write_csv(os.path.join(out, "bars.csv"), header, lines)

    scenarios = [make_scenario(rnd, i, mostly_round) for i in range(8)]
    with open(os.path.join(out, "scenarios.json"), "w") as f:
        json.dump(scenarios, f, indent=1)
    with open(os.path.join(out, "case.json"), "w") as f:
        json.dump({"seed": seed, "from": iso(w_from), "to": iso(w_to), "sol_usd": sol_usd}, f)
    with open(os.path.join(out, "args"), "w") as f:
        f.write("--from %s --to %s%s\n" % (iso(w_from), iso(w_to), "" if sol_usd is None else " --sol-usd %r" % sol_usd))


def write_csv(path, header, lines):
    with open(path, "w", newline="") as f:
        writer = csv.writer(f, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(lines)


if __name__ == "__main__":
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--seed", type=int, required=True)
    a.add_argument("--out", required=True)
    args = a.parse_args()
    generate(args.seed, args.out)
