namespace ChatPS.Api.Wire;

/// <summary>The option of a request message that carries what the handlers must know about the call.</summary>
internal static class CallProperty
{
    /// <summary>The key of the option.</summary>
    public const string Key = "ChatPS.Call";

    /// <summary>What an interface writes into <c>Authorization</c> where a service wants this word before the key; the key is added.</summary>
    public const string Token = "Token";
}
