using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox;

/// <summary>Decides which fault a request gets.</summary>
internal sealed class FaultPlan
{
    private readonly object _lock = new();
    private readonly (SandboxFault Fault, Counter Counter)[] _faults;

    public FaultPlan(IReadOnlyList<SandboxFault> faults) => _faults = faults.Select(static fault => (fault, new Counter())).ToArray();

    /// <summary>The first fault that is due; the ones after it do not count the request.</summary>
    public SandboxFault? Next(SandboxRequest request)
    {
        if (_faults.Length == 0)
        {
            return null;
        }

        lock (_lock)
        {
            foreach ((SandboxFault fault, Counter counter) in _faults)
            {
                if (counter.Played < fault.Times
                    && Wildcard.IsMatch(fault.Path, request.Path)
                    && Wildcard.IsMatch(fault.Model, request.Model)
                    && Wildcard.IsMatch(fault.Prompt, request.Prompt)
                    && ++counter.Matched % Math.Max(1, fault.Every) == 0)
                {
                    counter.Played++;
                    return fault;
                }
            }
        }

        return null;
    }

    private sealed class Counter
    {
        public long Matched { get; set; }

        public int Played { get; set; }
    }
}
