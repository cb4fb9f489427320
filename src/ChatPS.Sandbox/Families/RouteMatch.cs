namespace ChatPS.Sandbox.Families;

/// <summary>What a path leads to.</summary>
/// <param name="Routes">The routes of the path, one for each method.</param>
/// <param name="Parameters">What stands for the names in its pattern.</param>
internal sealed record RouteMatch(IReadOnlyList<Route> Routes, IReadOnlyDictionary<string, string> Parameters)
{
    public bool IsCompletion => Routes.Any(static route => route.IsCompletion);

    /// <summary>The methods that the path knows, as the header <c>Allow</c> lists them.</summary>
    public string Allow => string.Join(", ", Routes.Select(static route => route.Method));

    public Route? For(string method) => Routes.FirstOrDefault(route => route.Method == method);
}
