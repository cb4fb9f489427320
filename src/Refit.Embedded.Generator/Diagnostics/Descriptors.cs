using Microsoft.CodeAnalysis;

namespace Refit.Generator;

/// <summary>What the generator does not support is an error, never a wrong request.</summary>
internal static class Descriptors
{
    public static readonly DiagnosticDescriptor MissingHttpAttribute = Error("RFE001", "Method without a route", "{0} belongs to a Refit interface but has no HTTP attribute such as [Get(\"/…\")]");
    public static readonly DiagnosticDescriptor UnknownHttpAttribute = Error("RFE002", "Unsupported HTTP attribute", "{0} must have exactly one of [Get], [Post], [Put], [Delete], [Patch], [Head] and [Options]");
    public static readonly DiagnosticDescriptor UnsupportedReturnType = Error("RFE003", "Unsupported return type", "{0} returns {1}; a Refit method returns Task, Task<T> or a Task of IApiResponse, IApiResponse<T>, ApiResponse<T>, HttpResponseMessage, HttpContent, Stream or string");
    public static readonly DiagnosticDescriptor GenericMethod = Error("RFE004", "Generic method", "{0} has type parameters, which a Refit method may not have");
    public static readonly DiagnosticDescriptor NotAMethod = Error("RFE005", "Not a method", "{0} is no method; a Refit interface holds methods only");
    public static readonly DiagnosticDescriptor UnsupportedInterface = Error("RFE006", "Unsupported interface", "{0} must be neither generic nor hidden from the rest of its assembly");
    public static readonly DiagnosticDescriptor InvalidRoute = Error("RFE007", "Invalid route", "The route of {0} is invalid: {1}");
    public static readonly DiagnosticDescriptor UnmatchedPlaceholder = Error("RFE008", "Placeholder without a parameter", "The route of {0} has the placeholder {{{1}}}, which no parameter fills");
    public static readonly DiagnosticDescriptor SeveralBodies = Error("RFE009", "More than one body", "{0} has more than one parameter that could be the body; mark one with [Body] and the others with [Query]");
    public static readonly DiagnosticDescriptor BodyOfMultipart = Error("RFE010", "Body of a multipart request", "{0} is a multipart request, which has parts and no [Body]");
    public static readonly DiagnosticDescriptor HeaderCollectionType = Error("RFE011", "Unsupported header collection", "{0} must be an IDictionary<string, string> to be a [HeaderCollection]");
    public static readonly DiagnosticDescriptor ConflictingUses = Error("RFE012", "Parameter with several uses", "{0} would be used more than once: {1}");
    public static readonly DiagnosticDescriptor UnsupportedQueryType = Error("RFE013", "Unsupported query type", "{0} cannot go to the query: {1}");
    public static readonly DiagnosticDescriptor ByReference = Error("RFE014", "Parameter by reference", "{0} is passed by reference, which a parameter of a Refit method may not be");
    public static readonly DiagnosticDescriptor CatchAllType = Error("RFE015", "Unsupported catch-all", "{0} fills a {{**placeholder}} and must be a string");
    public static readonly DiagnosticDescriptor RepeatedUse = Error("RFE016", "Use that must be unique", "{0} has more than one {1}");
    public static readonly DiagnosticDescriptor UnsupportedForm = Error("RFE017", "Unsupported form", "{0} cannot be sent as a form: {1}");
    public static readonly DiagnosticDescriptor UnsupportedAttribute = Error("RFE018", "Unsupported attribute", "{0} has [{1}], which is not supported");

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, "Refit", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
