BeforeAll {
    . $PSScriptRoot/common.ps1
    $path = Join-Path $TestDrive 'session.json'
}

AfterAll {
    Clear-Test
}

Describe 'Import-ChatSession' {
    It 'refuses <What>' -ForEach @(
        @{ What = 'a file that is not there'; Json = $null; Says = '*cannot be read*' }
        @{ What = 'what is no JSON'; Json = '{'; Says = '*damaged*' }
        @{ What = 'another file'; Json = '{ "a": 1 }'; Says = '*no session of ChatPS*' }
        @{ What = 'a newer file'; Json = '{ "format": "chatps-session", "version": 2 }'; Says = '*newer ChatPS*' }
        @{ What = 'headers'; Json = '{ "format": "chatps-session", "version": 1, "id": "x", "created": "2026-01-01T00:00:00Z", "parameters": { "AdditionalHeader": { "a": "b" } } }'; Says = '*AdditionalHeader*' }
        @{ What = 'approval of tools'; Json = '{ "format": "chatps-session", "version": 1, "id": "x", "created": "2026-01-01T00:00:00Z", "parameters": { "ToolApproval": "Auto" } }'; Says = '*ToolApproval*' }
    ) {
        Remove-Item $path -ErrorAction SilentlyContinue
        if ($Json) { Set-Content $path $Json }
        $failure = Get-Failure { Import-ChatSession $path }
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
        Get-Advice $failure | Should -BeLike $Says
    }

    It 'reads the others when one cannot be read' {
        $good = Join-Path $TestDrive 'good.json'
        New-ChatSession -Name Good | Export-ChatSession $good
        (Import-ChatSession (Join-Path $TestDrive 'none.json'), $good -ErrorAction SilentlyContinue).Name | Should -Be 'Good'
    }
}
