using System.Reflection;
using System.Text.RegularExpressions;
using ChatPS.Api;
using Refit;

namespace ChatPS.Tests;

/// <summary>The methods of the wire's Refit interfaces, by what they send.</summary>
internal static partial class WireMethods
{
    // What other vendors call alike is not OpenAI's.
    private static readonly string?[] OfOthers = ["ChatPS.Api.Anthropic", "ChatPS.Api.Azure", "ChatPS.Api.Envelope", "ChatPS.Api.Gemini"];

    private static readonly ILookup<(string Method, string Path), string> ByRequest = typeof(WireJson).Assembly.GetTypes()
        .Where(type => type.IsInterface && !OfOthers.Contains(type.Namespace))
        .SelectMany(type => type.GetMethods(), (type, method) => (Name: $"{type.Name}.{method.Name}", Sends: method.GetCustomAttribute<HttpMethodAttribute>(inherit: true)))
        .Where(method => method.Sends is not null)
        .ToLookup(method => (method.Sends!.Method.Method, Bare(method.Sends.Path)), method => method.Name);

    /// <summary>Finds the methods that send an operation: its own path, or any path.</summary>
    /// <param name="operation">The operation.</param>
    /// <returns>Their names, such as <c>IBatchesApi.CreateAsync</c>.</returns>
    public static IReadOnlyList<string> Of(Operation operation) => [.. ByRequest[(operation.Method, Bare(operation.Path))].Order(StringComparer.Ordinal)];

    /// <summary>Whether there is a method of that name whose path comes with the call.</summary>
    /// <param name="name">Such as <c>IEmbeddingsApi.CreateAsync</c>.</param>
    /// <returns>Whether there is.</returns>
    public static bool TakesAnyPath(string name) => ByRequest.Any(request => request.Key.Path == "/{}" && request.Contains(name));

    // What a parameter is called does not matter, nor does a query.
    private static string Bare(string path) => Parameter().Replace(path.Split('?')[0], "{}").TrimEnd('/');

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.CultureInvariant)]
    private static partial Regex Parameter();
}
