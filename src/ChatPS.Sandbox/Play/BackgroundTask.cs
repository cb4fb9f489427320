namespace ChatPS.Sandbox.Play;

/// <summary>
/// Work that a service does in the background. It goes on whenever it is looked at, so that no test has to wait: queued at first,
/// in progress at the first look, completed at the second. Whoever keeps it, locks.
/// </summary>
internal sealed class BackgroundTask
{
    private int _looks;
    private bool _isCancelled;

    /// <summary>Whether the work is neither completed nor cancelled.</summary>
    public bool IsUnderWay => !_isCancelled && _looks < 2;

    public string Status => _isCancelled ? "cancelled" : _looks switch
    {
        0 => "queued",
        1 => "in_progress",
        _ => "completed",
    };

    /// <summary>Looks at the work.</summary>
    public void Look() => _looks++;

    /// <summary>Cancels the work.</summary>
    /// <returns>Whether it is cancelled now; what is completed stays so.</returns>
    public bool Cancel() => _isCancelled |= IsUnderWay;
}
