using ChatPS.Api.Rerank;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Rerank;

/// <summary>The forms in which services rank.</summary>
internal static class RerankForms
{
    private static readonly RerankForm Jina = new("Jina", static _ => "rerank", static (request, top) =>
    {
        request.TopN = top;
        request.ReturnDocuments = false;
        return request;
    });

    private static readonly RerankForm Cohere = new("Cohere", static address => KnownHosts.BesideCompatible(address, "rerank"), static (request, top) =>
    {
        request.TopN = top;
        return request;
    });

    private static readonly RerankForm Voyage = new("Voyage", static _ => "rerank", static (request, top) =>
    {
        request.TopK = top;
        request.ReturnDocuments = false;
        return request;
    });

    /// <summary>Gets the forms to choose from.</summary>
    public static IReadOnlyList<RerankForm> All { get; } = [Jina, Cohere, Voyage];

    /// <summary>Finds the form of a service.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="name">The name of the form; null for that of the host.</param>
    /// <returns>The form.</returns>
    /// <exception cref="ChatServiceException">There is none of that name.</exception>
    public static RerankForm Of(ConnectionSettings connection, string? name) => name is null ? Find(KnownHosts.VendorOf(connection)) ?? Jina
        : Find(name) ?? throw Failures.Invalid($"-Form is '{name}'; there is no such form.", $"Give one of {string.Join(", ", All.Select(form => form.Name))}, or leave -Form out for that of the service.");

    private static RerankForm? Find(string? name) => All.FirstOrDefault(form => form.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
