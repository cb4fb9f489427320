namespace ChatPS.Tests.House;

/// <summary>Compares the rooms (namespaces) of a compiled assembly with a map of them, from top to bottom.</summary>
internal static class Floors
{
    public static TypeReferences Read(string assembly) => TypeReferences.Of(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));

    /// <summary>The rooms that there are, as names below the assembly's; its own is empty.</summary>
    public static IEnumerable<string> Rooms(string assembly) => Read(assembly).Types.Select(type => Room(assembly, type)).Distinct(StringComparer.Ordinal);

    /// <summary>The references to a room that lies higher.</summary>
    public static string[] Upward(string assembly, string[] map)
    {
        int Floor(string type) => Array.IndexOf(map, Room(assembly, type));

        return
        [
            .. Read(assembly).All.Where(reference => Floor(reference.To) < Floor(reference.From))
                .Select(reference => $"{reference.From} -> {reference.To}")
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>The most types that all reach each other.</summary>
    public static IReadOnlyList<string> LargestCircle(string assembly) => Read(assembly).Circles().MaxBy(circle => circle.Count) ?? [];

    // What several assemblies share by its source keeps its whole name.
    private static string Room(string assembly, string type)
    {
        string room = type[..type.LastIndexOf('.')];
        return room == assembly || room.StartsWith(assembly + ".", StringComparison.Ordinal) ? room[assembly.Length..].TrimStart('.') : room;
    }
}
