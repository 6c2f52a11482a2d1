"""Words without a business: money, points, windows, ids, lifecycles, findings, errors, news."""
