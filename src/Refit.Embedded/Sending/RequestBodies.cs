namespace Refit;

/// <summary>Makes bodies and parts from what a caller passed.</summary>
internal static class RequestBodies
{
    /// <summary>Makes the body of a request.</summary>
    public static HttpContent Create(object? value, BodySerializationMethod method, bool buffered, RefitSettings settings)
    {
        switch (value)
        {
            case HttpContent content:
                return content;
            case Stream stream:
                return new StreamContent(stream);
            case string text when method == BodySerializationMethod.Default:
                return new StringContent(text);
            default:
                HttpContent serialized = settings.ContentSerializer.ToHttpContent(value!);
                return buffered ? serialized : new UnbufferedContent(serialized);
        }
    }

    /// <summary>Adds the parts that one parameter makes; null makes none.</summary>
    public static void AddParts(MultipartFormDataContent form, string name, object? value, RefitSettings settings)
    {
        if (value is IEnumerable<object> items)
        {
            foreach (object item in items)
            {
                AddPart(form, name, item, settings);
            }
        }
        else if (value is not null)
        {
            AddPart(form, name, value, settings);
        }
    }

    private static void AddPart(MultipartFormDataContent form, string name, object value, RefitSettings settings)
    {
        switch (value)
        {
            case HttpContent content:
                form.Add(content);
                break;
            case MultipartItem item:
                form.Add(item.ToContent(), item.Name ?? name, item.FileName.Length == 0 ? name : item.FileName);
                break;
            case Stream stream:
                form.Add(new StreamContent(stream), name, name);
                break;
            case string text:
                form.Add(new StringContent(text), name);
                break;
            case FileInfo file:
                form.Add(new StreamContent(file.OpenRead()), name, file.Name);
                break;
            case byte[] bytes:
                form.Add(new ByteArrayContent(bytes), name, name);
                break;
            default:
                form.Add(settings.ContentSerializer.ToHttpContent(value), name);
                break;
        }
    }
}
