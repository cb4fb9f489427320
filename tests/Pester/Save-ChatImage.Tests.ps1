BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'Save-ChatImage' {
    BeforeEach {
        Connect-TestSandbox
        $folder = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
    }

    It 'saves bytes and addresses under names of its own' {
        $saved = @(New-ChatImage one; New-ChatImage two -Model dall-e-3) | Save-ChatImage $folder
        $saved.Path | Split-Path -Leaf | Should -Be '0001.png', '0002.png'
        $saved.Width | Should -Be 1024, 1024
        $saved | Where-Object Data | Should -BeNullOrEmpty
    }

    It 'saves one file, whose ending follows the content' {
        $saved = New-ChatImage one -OutputFormat webp | Save-ChatImage -Path (Join-Path $TestDrive one.png)
        $saved.Path | Should -Be (Join-Path $TestDrive one.webp)
        (Get-Failure { 'a', 'b' | New-ChatImage | Save-ChatImage -Path (Join-Path $TestDrive two.png) })[0] | Should -BeLike '*-Path*one file*'
    }

    It 'goes on after the files that are there, and begins anew with -Force' {
        $null = New-ChatImage one | Save-ChatImage $folder
        (New-ChatImage two | Save-ChatImage $folder).Path | Split-Path -Leaf | Should -Be '0002.png'
        (New-ChatImage two | Save-ChatImage $folder -Force).Path | Split-Path -Leaf | Should -Be '0001.png'
        @(Get-ChildItem $folder).Count | Should -Be 2
        $file = Join-Path $folder own.png
        $null = New-ChatImage one | Save-ChatImage -Path $file
        (Get-Failure { New-ChatImage two | Save-ChatImage -Path $file })[0] | Should -BeLike '*exists*'
    }

    It 'refuses the name of a file for a folder' {
        (Get-Failure { New-ChatImage one | Save-ChatImage (Join-Path $folder cat.png) })[0] | Should -BeLike '*cat.png*name of a file*'
        $folder | Should -Not -Exist
    }

    It 'saves nothing with -WhatIf' {
        New-ChatImage one | Save-ChatImage $folder -WhatIf
        $folder | Should -Not -Exist
        $text = Invoke-Child { param($Module, $Uri, $Folder) Import-Module $Module; Connect-ChatService $Uri -Model m -Quiet; New-ChatImage one | Save-ChatImage $Folder -WhatIf } -ArgumentList $ModulePath, "$((Get-ChatConnection Test).BaseUri)", $folder
        "$text" | Should -BeLike "*Save to*$folder*one*"
    }

    It 'refuses a page in place of a picture, and what is too large' {
        Connect-TestSandbox @{ Response = @{ Path = '*/pictures/*'; Response = '<html>expired</html>' } }
        $image = New-ChatImage one -Model dall-e-3
        (Get-Failure { $image | Save-ChatImage $folder })[0].FullyQualifiedErrorId | Should -BeLike 'BadResponse*'
        (Get-Failure { New-ChatImage one | Save-ChatImage $folder -MaxBytes 10 })[0] | Should -BeLike '*-MaxBytes*'
        @(Get-ChildItem $folder -ErrorAction Ignore).Count | Should -Be 0
    }

    It 'says that there is nothing to save' {
        'just text' | Save-ChatImage $folder -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $warnings | Should -BeLike 'The text holds no picture*just text'
        (Get-Failure { 1 | Save-ChatImage $folder })[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
    }

    It 'says that a dead link is at fault' {
        $address = "$((Get-ChatConnection Test).BaseUri)/nowhere/x.png"
        $failures = Get-Failure { "![x]($address)" | Save-ChatImage $folder }
        $failures[0] | Should -BeLike '*nowhere/x.png leads to nothing*'
        Get-Advice $failures[0] | Should -BeLike '*The connection is not at fault*'
    }
}
