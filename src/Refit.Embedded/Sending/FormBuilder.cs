using System.Reflection;

namespace Refit;

/// <summary>The fields of a form body.</summary>
internal sealed class FormBuilder(RefitSettings settings)
{
    private readonly List<KeyValuePair<string, string>> _fields = [];

    /// <summary>The name of the field of a property that has no alias.</summary>
    public string GetName(PropertyInfo property) => settings.ContentSerializer.GetFieldNameForProperty(property) ?? property.Name;

    /// <summary>Adds a field; null adds none.</summary>
    public void Add(string name, object? value, string? format)
    {
        if (value is not null)
        {
            AddText(name, settings.FormUrlEncodedParameterFormatter.Format(value, format));
        }
    }

    /// <summary>Adds the items of a collection.</summary>
    public void AddCollection<T>(string name, IEnumerable<T>? items, string? format, CollectionFormat? collectionFormat)
    {
        if (items is not null)
        {
            foreach (string? text in CollectionText.Format(items, collectionFormat ?? settings.CollectionFormat, item => settings.FormUrlEncodedParameterFormatter.Format(item, format)))
            {
                AddText(name, text);
            }
        }
    }

    /// <summary>Adds the entries of a dictionary.</summary>
    public void AddMap<TKey, TValue>(IEnumerable<KeyValuePair<TKey, TValue>>? entries)
    {
        if (entries is not null)
        {
            foreach (KeyValuePair<TKey, TValue> entry in entries)
            {
                Add(entry.Key!.ToString()!, entry.Value, format: null);
            }
        }
    }

    public HttpContent ToContent() => new FormUrlEncodedContent(_fields!);

    private void AddText(string name, string? text) => _fields.Add(new KeyValuePair<string, string>(name, text ?? ""));
}
