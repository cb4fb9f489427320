using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Refit.Generator;

/// <summary>Implements each Refit interface of a compilation.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class RefitGenerator : IIncrementalGenerator
{
    internal const string InterfacesStep = "Interfaces";
    internal const string NamesStep = "Names";

    /// <inheritdoc />
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<InterfaceResult> results = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => IsCandidate(node), static (candidate, token) => Parse(candidate, token))
            .Where(static result => result is not null)
            .Select(static (result, _) => result!);

        IncrementalValuesProvider<InterfaceModel> interfaces = results
            .Where(static result => result.Model is not null)
            .Select(static (result, _) => result.Model!)
            .WithTrackingName(InterfacesStep);

        IncrementalValueProvider<EquatableArray<RegistrationModel>> registrations = interfaces
            .Select(static (model, _) => new RegistrationModel(model.TypeName, model.ClassName))
            .Collect()
            .Select(static (models, _) => new EquatableArray<RegistrationModel>(models))
            .WithTrackingName(NamesStep);

        IncrementalValueProvider<bool> needsAttribute = context.CompilationProvider.Select(static (compilation, _) => !HasModuleInitializer(compilation));

        context.RegisterSourceOutput(
            results.SelectMany(static (result, _) => result.Diagnostics),
            static (output, diagnostic) => output.ReportDiagnostic(diagnostic.ToDiagnostic()));
        context.RegisterSourceOutput(
            interfaces,
            static (output, model) => output.AddSource(model.ClassName + ".g.cs", ClassEmitter.Emit(model)));
        context.RegisterSourceOutput(
            registrations.Combine(needsAttribute),
            static (output, input) =>
            {
                if (input.Left.Count > 0)
                {
                    output.AddSource("RefitRegistration.g.cs", RegistrationEmitter.Emit(input.Left, input.Right));
                }
            });
    }

    private static bool IsCandidate(SyntaxNode node) => node is InterfaceDeclarationSyntax declaration
        && (declaration.BaseList is not null
            || declaration.Modifiers.Any(SyntaxKind.PartialKeyword)
            || declaration.Members.Any(static member => member is MethodDeclarationSyntax { AttributeLists.Count: > 0 }));

    private static InterfaceResult? Parse(GeneratorSyntaxContext candidate, CancellationToken cancellationToken) =>
        candidate.SemanticModel.GetDeclaredSymbol(candidate.Node, cancellationToken) is INamedTypeSymbol type
            && type.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken) == candidate.Node
            ? InterfaceParser.Parse(type, cancellationToken)
            : null;

    private static bool HasModuleInitializer(Compilation compilation) => compilation
        .GetTypesByMetadataName("System.Runtime.CompilerServices.ModuleInitializerAttribute")
        .Any(type => compilation.IsSymbolAccessibleWithin(type, compilation.Assembly));
}
