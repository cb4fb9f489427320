@{
    Severity     = @('Error', 'Warning')
    ExcludeRules = @(
        # Pester runs the blocks of a file in scopes of one another, which the rule does not see.
        'PSUseDeclaredVarsMoreThanAssignments'
        'PSReviewUnusedParameter'
        # Scripts that people watch write to the host.
        'PSAvoidUsingWriteHost'
        # The secrets of tests are made up.
        'PSAvoidUsingConvertToSecureStringWithPlainText'
        'PSAvoidUsingPlainTextForPassword'
        # Helpers of tests, which nobody runs by hand.
        'PSUseShouldProcessForStateChangingFunctions'
        # It does not see the parameters of a block that runs elsewhere.
        'PSUseUsingScopeModifierInNewRunspaces'
        # Files without letters beyond ASCII need no mark.
        'PSUseBOMForUnicodeEncodedFile'
    )
}
