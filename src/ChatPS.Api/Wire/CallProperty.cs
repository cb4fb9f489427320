namespace ChatPS.Api.Wire;

/// <summary>The option of a request message that carries what the handlers must know about the call.</summary>
internal static class CallProperty
{
    /// <summary>The key of the option.</summary>
    public const string Key = "ChatPS.Call";
}
