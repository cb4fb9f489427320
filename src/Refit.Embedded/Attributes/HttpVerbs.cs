namespace Refit;

/// <summary>One instance of each verb; .NET Framework has none for PATCH.</summary>
internal static class HttpVerbs
{
    public static readonly HttpMethod Get = HttpMethod.Get;
    public static readonly HttpMethod Post = HttpMethod.Post;
    public static readonly HttpMethod Put = HttpMethod.Put;
    public static readonly HttpMethod Delete = HttpMethod.Delete;
    public static readonly HttpMethod Patch = new("PATCH");
    public static readonly HttpMethod Head = HttpMethod.Head;
    public static readonly HttpMethod Options = HttpMethod.Options;
}
