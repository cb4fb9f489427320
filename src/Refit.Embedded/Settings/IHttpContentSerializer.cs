using System.Reflection;

namespace Refit;

/// <summary>Writes bodies and reads answers.</summary>
internal interface IHttpContentSerializer
{
    /// <summary>Makes the body of a request.</summary>
    HttpContent ToHttpContent<T>(T item);

    /// <summary>Reads the body of an answer.</summary>
    Task<T?> FromHttpContentAsync<T>(HttpContent content, CancellationToken cancellationToken = default);

    /// <summary>Names the form field of a property; null leaves it to the property's name.</summary>
    string? GetFieldNameForProperty(PropertyInfo propertyInfo);
}
