using ChatPS.Api.Resources;
using Refit;

namespace ChatPS.Client.Resources;

/// <summary>A kind of thing that a service keeps, and all that can be done with one.</summary>
/// <typeparam name="T">What users see of it.</typeparam>
public sealed class ResourceKind<T>
    where T : class
{
    internal ResourceKind(string name, string plural, Func<ResourceReader, T> read)
    {
        Name = name;
        Plural = plural;
        Read = read;
    }

    /// <summary>Gets what one is called.</summary>
    public string Name { get; }

    /// <summary>Gets what it lies in is called; empty where it stands by itself.</summary>
    public string ParentName { get; init; } = "";

    /// <summary>Gets what several are called.</summary>
    public string Plural { get; }

    internal Func<ResourceReader, T> Read { get; }

    internal Func<ResourceCall, string?, Task<IApiResponse<ResourceAnswer>>>? List { get; init; }

    internal Func<ResourceCall, Task<IApiResponse<ResourceAnswer>>>? Get { get; init; }

    internal Func<ResourceCall, Task<IApiResponse<ResourceAnswer>>>? Create { get; init; }

    internal Func<ResourceCall, Task<IApiResponse<ResourceAnswer>>>? Change { get; init; }

    internal Func<ResourceCall, Task<HttpResponseMessage>>? Delete { get; init; }
}
