namespace ChatPS.Client.Resources;

/// <summary>Makes objects of what a service tells of skills.</summary>
internal static class SkillMapper
{
    public static ChatSkill Skill(ResourceReader seen) => new()
    {
        Id = seen.Text("id") ?? seen.Place.Id,
        Name = seen.Text("name") ?? "",
        Description = seen.Text("description") ?? "",
        DefaultVersion = seen.Text("default_version"),
        LatestVersion = seen.Text("latest_version"),
        CreatedAt = seen.Time("created_at"),
        Connection = seen.Connection,
        Input = seen.Place.Input,
        Raw = seen.Raw,
    };

    public static ChatSkillVersion Version(ResourceReader seen) => new()
    {
        Id = seen.Text("id") ?? "",
        SkillId = seen.Text("skill_id") ?? seen.Place.Parent,
        Version = seen.Text("version") ?? seen.Place.Id,
        Name = seen.Text("name") ?? "",
        Description = seen.Text("description") ?? "",
        CreatedAt = seen.Time("created_at"),
        Connection = seen.Connection,
        Input = seen.Place.Input,
        Raw = seen.Raw,
    };
}
