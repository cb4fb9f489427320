using ChatPS.Api.Resources;
using ChatPS.Client.Calls;

namespace ChatPS.Client.Resources;

/// <summary>One request about a resource.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Place">Which resource it is about.</param>
/// <param name="Context">The call.</param>
/// <param name="Token">Stops it.</param>
internal sealed record ResourceCall(ServiceConnection Connection, ResourcePlace Place, CallContext Context, CancellationToken Token)
{
    /// <summary>Gets the fields of a page.</summary>
    public Dictionary<string, string>? Query { get; init; }

    /// <summary>Gets what something is made from, or changed to.</summary>
    public ResourceBody Body { get; init; } = new();

    /// <summary>Gets the id of what the resource lies in.</summary>
    public string Parent => Place.Parent;

    /// <summary>Gets the id of the resource.</summary>
    public string Id => Place.Id;

    /// <summary>Gets a client.</summary>
    /// <typeparam name="T">Its Refit interface.</typeparam>
    /// <returns>The client.</returns>
    public T Api<T>()
        where T : class => Connection.Client<T>(ResourcesJsonContext.Default);
}
