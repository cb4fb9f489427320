using ChatPS.Client.Connections;

namespace ChatPS.Client.Decisions;

/// <summary>How a service is asked: in which form, and at which endpoint.</summary>
/// <param name="Form">The form; null for a chat model in place of an endpoint for decisions.</param>
/// <param name="Endpoint">The path from the base address; null for that of the form.</param>
internal sealed record DecisionWay(DecisionForm? Form, string? Endpoint = null)
{
    public static readonly DecisionWay Chat = new(Form: null);

    /// <summary>Finds the path from the base address.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="model">The model.</param>
    /// <returns>The path.</returns>
    public string Path(ConnectionSettings connection, string model) => Endpoint ?? Form!.Path(connection, model);
}
