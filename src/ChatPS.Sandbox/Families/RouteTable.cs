namespace ChatPS.Sandbox.Families;

/// <summary>All routes of one dialect.</summary>
internal sealed class RouteTable(Dialect dialect, IEnumerable<Route> routes)
{
    // A path that is named as it is goes before one with a name in it.
    private readonly Route[] _routes = [.. routes.OrderBy(static route => !route.IsLiteral)];

    public Dialect Dialect => dialect;

    /// <summary>Finds what a path leads to; null where it leads nowhere.</summary>
    public RouteMatch? Find(string path)
    {
        string normal = dialect.Normalize(path);
        foreach (Route route in _routes)
        {
            if (route.Match(normal) is { } parameters)
            {
                return new RouteMatch([.. _routes.Where(other => other.Pattern == route.Pattern)], parameters);
            }
        }

        return null;
    }
}
