namespace ChatPS.Sandbox;

/// <summary>What goes wrong.</summary>
public enum SandboxFaultKind
{
    /// <summary>An error answer with <see cref="SandboxFault.StatusCode"/>.</summary>
    Status,

    /// <summary>The connection is reset instead of an answer.</summary>
    Reset,

    /// <summary>The connection is reset when half of the answer is sent.</summary>
    ResetMidStream,

    /// <summary>The answer, or one event in the middle of a stream, is broken JSON.</summary>
    MalformedJson,

    /// <summary>Status 200 with nothing after the headers.</summary>
    EmptyBody,

    /// <summary>The request is taken and never answered, until the client gives up.</summary>
    Silence,

    /// <summary>The answer stops coming when half of it is sent, until the client gives up.</summary>
    Stall,

    /// <summary>A stream ends in good order after half of its events, without its last ones; another answer is cut short and the connection closed.</summary>
    TruncatedStream,

    /// <summary>An error event in the middle of a stream; without a stream, an error object under status 200.</summary>
    ErrorEvent,

    /// <summary>A web page with <see cref="SandboxFault.StatusCode"/>, as proxies send it.</summary>
    HtmlPage,
}
