namespace ChatPS.Client.Resources;

/// <summary>Makes objects of what a service tells of voices.</summary>
internal static class VoiceMapper
{
    public static ChatVoice Voice(ResourceReader seen) => new()
    {
        Id = seen.Text("id") ?? "",
        Name = seen.Text("name") ?? "",
        CreatedAt = seen.Time("created_at"),
        Connection = seen.Connection,
        Input = seen.Place.Input,
        Raw = seen.Raw,
    };

    public static ChatVoiceConsent Consent(ResourceReader seen) => new()
    {
        Id = seen.Text("id") ?? seen.Place.Id,
        Name = seen.Text("name") ?? "",
        Language = seen.Text("language") ?? "",
        CreatedAt = seen.Time("created_at"),
        Connection = seen.Connection,
        Input = seen.Place.Input,
        Raw = seen.Raw,
    };
}
