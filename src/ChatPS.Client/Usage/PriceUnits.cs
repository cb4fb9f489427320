namespace ChatPS.Client.Usage;

/// <summary>What services charge for besides tokens, each by the name of its column in a table of prices.</summary>
public static class PriceUnits
{
    /// <summary>A request, whatever it holds.</summary>
    public const string Request = "Request";

    /// <summary>A search: a query and up to so many documents as the service counts as one.</summary>
    public const string Search = "Search";

    /// <summary>A picture.</summary>
    public const string Image = "Image";

    /// <summary>A minute of sound; shares of it count as such.</summary>
    public const string Minute = "Minute";

    /// <summary>A character of the text that is spoken.</summary>
    public const string Character = "Character";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Request, Search, Image, Minute, Character];
}
