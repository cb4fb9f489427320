using System.Reflection;
using Refit;

namespace Refit.Behaviour;

/// <summary>Says when a body is being read.</summary>
internal sealed class SignallingSerializer(IHttpContentSerializer inner) : IHttpContentSerializer
{
    private readonly TaskCompletionSource _reading = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Reading => _reading.Task;

    public HttpContent ToHttpContent<T>(T item) => inner.ToHttpContent(item);

    public Task<T?> FromHttpContentAsync<T>(HttpContent content, CancellationToken cancellationToken = default)
    {
        _reading.SetResult();
        return inner.FromHttpContentAsync<T>(content, cancellationToken);
    }

    public string? GetFieldNameForProperty(PropertyInfo propertyInfo) => inner.GetFieldNameForProperty(propertyInfo);
}
