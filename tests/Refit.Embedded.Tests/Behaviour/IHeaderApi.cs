using Refit;

namespace Refit.Behaviour;

[Headers("X-Level: interface", "X-Interface: yes")]
internal interface IHeaderApi : IHeaderBase
{
    [Get("/h")]
    Task InheritedAsync();

    [Get("/h")]
    [Headers("X-Level: method", "X-Base", "X-Colons: a:b: c")]
    Task FixedAsync();

    [Get("/h")]
    [Headers("X-Level: method")]
    Task ParameterAsync([Header("X-Level")] string? level);

    [Get("/h")]
    Task NumberAsync([Header("X-Number")] int number);

    [Get("/h")]
    Task CollectionAsync([Header("X-One")] string one, [HeaderCollection] IDictionary<string, string>? headers);

    [Post("/h")]
    [Headers("X-Method: yes")]
    Task EmptyPostAsync();

    [Post("/h")]
    Task ContentTypeAsync([Body] string text, [Header("Content-Type")] string contentType);

    [Get("/h")]
    Task AuthorizeAsync([Authorize] string token);

    [Get("/h")]
    Task SchemeAsync([Authorize("Basic")] string token);

    [Get("/h")]
    [Headers("Authorization: Bearer")]
    Task AskedAsync();
}
