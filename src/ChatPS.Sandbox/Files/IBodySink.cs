namespace ChatPS.Sandbox.Files;

/// <summary>What takes the body of a request.</summary>
internal interface IBodySink
{
    /// <summary>How much it has taken, in bytes.</summary>
    long Taken { get; }

    /// <summary>Takes some bytes.</summary>
    void Write(ReadOnlySpan<byte> bytes);
}
