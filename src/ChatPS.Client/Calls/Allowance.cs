namespace ChatPS.Client.Calls;

/// <summary>How much a service lets through until when, by the headers of its answers. Times are seconds of the pacer's clock.</summary>
internal sealed class Allowance
{
    private double? _limit;
    private double? _remaining;
    private double _resets;
    private double _learned;
    private double _length;
    private double _opened = double.NegativeInfinity;
    private bool _isGuess;

    /// <summary>When a start may be: any time, or when the count begins anew.</summary>
    /// <param name="cost">What it costs.</param>
    /// <param name="inFlight">What the starts cost that are not answered yet: the service may not have counted them either.</param>
    /// <param name="now">The time.</param>
    /// <returns>The time of the start.</returns>
    public double Due(double cost, double inFlight, double now)
    {
        Renew(now);
        return _remaining - inFlight < Math.Min(cost, _limit ?? cost) ? _resets : double.NegativeInfinity;
    }

    /// <summary>Takes in what an answer says.</summary>
    /// <param name="said">What it says.</param>
    /// <param name="started">When its request started.</param>
    /// <param name="now">The time.</param>
    public void Learn(RateLimit said, double started, double now)
    {
        Renew(now);
        if (started < _opened)
        {
            // It tells of a count that is over.
            return;
        }

        bool isFirst = _remaining is null || _isGuess;
        _limit = said.Limit;
        _length = isFirst ? said.Reset : Math.Max(_length, said.Reset);
        _isGuess = false;

        // Answers overtake each other. Of those to requests that were under way together, the lowest count is the latest.
        if (isFirst || said.Remaining <= _remaining || started >= _learned)
        {
            _learned = now;
            _remaining = said.Remaining;
            _resets = now + said.Reset;
        }
    }

    // Until an answer tells of the new count, it is taken to be like the last one.
    private void Renew(double now)
    {
        if (_remaining is not null && now >= _resets)
        {
            _opened = _resets;
            _remaining = _limit;
            _resets = now + _length;
            _isGuess = true;
        }
    }
}
