namespace ChatPS.Client.Resources;

/// <summary>Makes objects of what a service tells of containers.</summary>
internal static class ContainerMapper
{
    public static ChatContainer Container(ResourceReader seen) => new()
    {
        Id = seen.Text("id") ?? seen.Place.Id,
        Name = seen.Text("name") ?? "",
        Status = seen.Text("status") ?? "",
        MemoryLimit = seen.Text("memory_limit"),
        CreatedAt = seen.Time("created_at"),
        LastActiveAt = seen.Time("last_active_at"),
        ExpiresAfterMinute = seen.Count("expires_after.minutes"),
        Connection = seen.Connection,
        Input = seen.Place.Input,
        Raw = seen.Raw,
    };

    public static ChatContainerFile File(ResourceReader seen) => new()
    {
        Id = seen.Text("id") ?? seen.Place.Id,
        ContainerId = seen.Text("container_id") ?? seen.Place.Parent,
        Path = seen.Text("path") ?? "",
        Bytes = seen.Number("bytes"),
        Source = seen.Text("source"),
        CreatedAt = seen.Time("created_at"),
        Connection = seen.Connection,
        Input = seen.Place.Input,
        Raw = seen.Raw,
    };
}
