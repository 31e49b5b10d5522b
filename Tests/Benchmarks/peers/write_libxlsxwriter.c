/* write_libxlsxwriter ROWS OUT.xlsx: writes customers in constant memory; --version says which.
   cc -O2 write_libxlsxwriter.c -lxlsxwriter -o write_libxlsxwriter */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

static const char *const header[] = {
    "Company Name", "Email Address", "First Name", "Last Name", "Customer Billing Reference",
    "Platform", "Package", "Seats"};
static const char *const first_names[] = {"Ada", "Bob", "Chloe", "Dmitri", "Farid"};
static const char *const packages[] = {"Free", "Essentials", "Pro", "Enterprise"};

static void write_customer(lxw_worksheet *sheet, int number) {
    char company[64], address[96];
    snprintf(company, sizeof company, "customer%07d.uk.service", number);
    snprintf(address, sizeof address, "admin%d@customer%07d.example.com", number, number);
    const char *const texts[] = {
        company, address, first_names[number % 5], "Smith", company, "Luminate Wholesale",
        packages[number % 4]};
    for (int column = 0; column < 7; column++)
        worksheet_write_string(sheet, number, column, texts[column], NULL);
    worksheet_write_number(sheet, number, 7, number % 500, NULL);
}

int main(int count, char **arguments) {
    if (count == 2 && strcmp(arguments[1], "--version") == 0) return puts(LXW_VERSION) < 0;
    if (count != 3) return 64;
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    lxw_workbook *book = workbook_new_opt(arguments[2], &options);
    lxw_worksheet *sheet = workbook_add_worksheet(book, "Customers");
    for (int column = 0; column < 8; column++)
        worksheet_write_string(sheet, 0, column, header[column], NULL);
    int rows = atoi(arguments[1]);
    for (int number = 1; number <= rows; number++) write_customer(sheet, number);
    return workbook_close(book);
}
