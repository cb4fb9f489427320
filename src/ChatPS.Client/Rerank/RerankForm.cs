using ChatPS.Api.Rerank;

namespace ChatPS.Client.Rerank;

/// <summary>How a vendor is asked to rank. What it answers is understood in all forms, whichever was asked in.</summary>
/// <param name="Name">The name to choose it by.</param>
/// <param name="Path">The address below the base address, or beside it.</param>
/// <param name="ToWire">Adds to a request how many of the best are wanted, and what else the vendor is to be told.</param>
internal sealed record RerankForm(string Name, Func<Uri, string> Path, Func<RerankRequest, int, RerankRequest> ToWire);
