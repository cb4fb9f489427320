namespace ChatPS.Sandbox.Families.Anthropic;

/// <summary>Checks where images and documents come from.</summary>
internal static class SourceRules
{
    public static void CheckImage(Input block)
    {
        Input source = Of(block);
        switch (source.Choice("type", "base64", "url", "file"))
        {
            case "base64":
                source.Only("type", "media_type", "data").Required("media_type");
                source.Choice("media_type", "image/jpeg", "image/png", "image/gif", "image/webp");
                CheckBase64(source);
                break;
            case "url":
                CheckUrl(source);
                break;
            default:
                source.RequiredText("file_id");
                break;
        }
    }

    public static void CheckDocument(Input block)
    {
        Input source = Of(block);
        block.Text("title");
        switch (source.Choice("type", "base64", "text", "url", "content", "file"))
        {
            case "base64":
                source.Only("type", "media_type", "data").Required("media_type");
                source.Choice("media_type", "application/pdf");
                CheckBase64(source);
                break;
            case "text":
                source.Only("type", "media_type", "data").Required("media_type");
                source.Choice("media_type", "text/plain");
                source.RequiredText("data");
                break;
            case "url":
                CheckUrl(source);
                break;
            case "content":
                source.Required("content");
                break;
            default:
                source.RequiredText("file_id");
                break;
        }
    }

    private static Input Of(Input block)
    {
        Input source = block.RequiredObject("source");
        source.Required("type");
        return source;
    }

    private static void CheckUrl(Input source)
    {
        if (!source.RequiredText("url").StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            throw source.Refuse("url", "Only HTTPS URLs are supported.");
        }
    }

    private static void CheckBase64(Input source)
    {
        try
        {
            _ = Convert.FromBase64String(source.RequiredText("data"));
        }
        catch (FormatException)
        {
            throw source.Refuse("data", "Input should be valid base64");
        }
    }
}
