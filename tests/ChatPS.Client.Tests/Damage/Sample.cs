using ChatPS.Client.Calls;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Tests.Damage;

/// <summary>A proper answer of an endpoint, and the call that it answers.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Dialect">The dialect of the connection.</param>
/// <param name="Events">The answer, or the events of a stream.</param>
/// <param name="Framing">How an answer is sent: whole, as a stream, or as an error.</param>
/// <param name="Call">The call.</param>
internal sealed record Sample(string Name, Dialect Dialect, string[] Events, Framing Framing, Func<ServiceConnection, CallSettings, Task> Call)
{
    public override string ToString() => Name;
}

internal enum Framing
{
    Whole,
    Stream,
    NamedStream,
    Error,
}
