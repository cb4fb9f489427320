namespace ChatPS.Sandbox.Requests;

/// <summary>The requests that are kept: the newest, up to a number and to a total size.</summary>
internal sealed class RequestLog(int maxRequests)
{
    private const long MaxCharacters = 128L * 1024 * 1024;

    private readonly object _lock = new();
    private readonly Queue<SandboxRequest> _requests = new();
    private long _characters;

    public void Add(SandboxRequest request)
    {
        if (maxRequests < 1)
        {
            return;
        }

        lock (_lock)
        {
            _requests.Enqueue(request);
            _characters += Weight(request);
            while (_requests.Count > maxRequests || (_characters > MaxCharacters && _requests.Count > 1))
            {
                _characters -= Weight(_requests.Dequeue());
            }
        }
    }

    // The head counts, too: it can hold more than the body.
    private static long Weight(SandboxRequest request) => request.Path.Length + request.Body.Length + request.Headers.Sum(static header => header.Key.Length + header.Value.Length);

    public SandboxRequest[] ToArray()
    {
        lock (_lock)
        {
            return _requests.ToArray();
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _requests.Clear();
            _characters = 0;
        }
    }
}
